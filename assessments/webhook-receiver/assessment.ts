import { defineAssessment } from 'assayer/kit';

/** The numbers in `env` differ from the brief's defaults, so that a setting that is not read shows. */
export default defineAssessment({
  id: 'webhook-receiver',
  version: '1.3.0',
  title: 'Webhook receiver',
  summary:
    'Takes in GitHub deliveries, turns each merged pull request into a proof exactly once, and has a credential minted by ' +
    'a registry that is slow, flaky and limits its rate.',
  mainTopic: 'T1',
  timeBudgetHours: [3, 4],
  port: 3000,
  readyPath: '/healthz',
  env: {
    PORT: { from: 'port' },
    DATA_DIR: { from: 'dataDir' },
    GITHUB_WEBHOOK_SECRET: { from: 'secret', bytes: 24 },
    REGISTRY_URL: { from: 'stub', stub: 'registry' },
    REGISTRY_TOKEN: { from: 'secret', bytes: 24 },
    REGISTRY_TIMEOUT_MS: { from: 'literal', value: '1000' },
    REGISTRY_CONCURRENCY: { from: 'literal', value: '3' },
    RETRY_BASE_MS: { from: 'literal', value: '120' },
    RETRY_MAX_ATTEMPTS: { from: 'literal', value: '4' },
    ISSUER_TTL_MS: { from: 'literal', value: '1000' },
    STATUS_RATE_LIMIT: { from: 'literal', value: '8' },
    STATUS_RATE_WINDOW_MS: { from: 'literal', value: '2000' },
  },
  stubs: {
    registry: {
      port: 9101,
      description: 'the credential registry: mints, tells status, publishes its issuer document',
    },
  },
  limits: {
    memoryMb: 256,
    cpus: 1,
    pids: 64,
    workMb: 384,
    dataMb: 64,
    logKb: 512,
    installSeconds: 180,
    buildSeconds: 90,
    bootSeconds: 20,
    checksSeconds: 200,
  },
  levelBars: { junior: 0.7, mid: 0.75, senior: 0.85 },
  topicWeights: { T1: 4, T2: 1, T3: 2, T4: 2, T7: 2, T9: 2, T10: 2 },
  solutionBands: { junior: [25, 60], mid: [65, 90], senior: [100, 100] },
  publicChecks: [
    'merge-becomes-credential',
    'repeat-same-delivery',
    'events-ignored',
    'signature-tampered',
    'missing-fields-named',
    'unknown-things',
    'method-not-allowed',
    'lists-filtered',
    'stream-tells',
    'request-id-answered',
    'security-headers',
  ],
  cheatCeiling: 10,
});
