import { defineAssessment } from 'assayer/kit';

/** A small exercise with quick checks: the corpus is about the platform, not about the exercise. */
export default defineAssessment({
  id: 'pack',
  version: '1.0.0',
  title: 'Notes',
  summary: 'Greets, keeps notes, and has the registry publish them. Made for the hostile corpus.',
  mainTopic: 'T4',
  timeBudgetHours: [0.5, 1],
  port: 3000,
  readyPath: '/healthz',
  env: {
    PORT: { from: 'port' },
    DATA_DIR: { from: 'dataDir' },
    REGISTRY_URL: { from: 'stub', stub: 'registry' },
    REGISTRY_TOKEN: { from: 'secret', bytes: 24 },
  },
  stubs: { registry: { port: 9101, description: 'gives a receipt for each published note' } },
  limits: {
    memoryMb: 256,
    cpus: 1,
    pids: 64,
    workMb: 192,
    dataMb: 16,
    logKb: 64,
    installSeconds: 120,
    buildSeconds: 60,
    bootSeconds: 12,
    checksSeconds: 75,
  },
  levelBars: { junior: 0.7, mid: 0.75, senior: 0.85 },
  topicWeights: { T1: 2, T4: 3, T7: 1, T9: 2, T10: 1 },
  solutionBands: { junior: [0, 100], mid: [0, 100], senior: [100, 100] },
  cheatCeiling: 20,
});
