import type { CheckMeta, Finding } from '../../../assessments/kit/index.js';
import { findingSchema } from '../../../assessments/kit/schema/finding.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { Policy, RunRecord } from '../../../harness/scoring/index.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import { API_CHECKS } from './checks-api.js';
import { EVENT_CHECKS } from './checks-events.js';
import { OPERATION_CHECKS } from './checks-operation.js';
import { LOST } from './lost.js';
import { PASSED, PLAIN } from './passed.js';
import { PERFORMANCE } from './performance.js';

export const CHECKS: readonly CheckMeta[] = [...EVENT_CHECKS, ...API_CHECKS, ...OPERATION_CHECKS];

export const POLICY: Policy = {
  spec: {
    id: 'webhook-receiver',
    version: '1.0.0',
    title: 'Webhook receiver',
    levelBars: { junior: 0.7, mid: 0.75, senior: 0.85 },
    topicWeights: { T1: 4, T2: 1, T3: 2, T4: 2, T7: 2, T9: 2, T10: 2 },
  },
  checks: CHECKS,
};

const FINDINGS: readonly Finding[] = CHECKS.map(({ id }, index) =>
  findingSchema.parse({
    checkId: id,
    ...(LOST[id] ?? {
      outcome: 'pass',
      fraction: 1,
      message: 'As expected.',
      expected: null,
      observed: null,
      evidence: PASSED[id] ?? PLAIN,
      durationMs: 20 + ((index * 137) % 900),
    }),
  }),
);

const RECORD: RunRecord = {
  status: 'graded',
  verdict: null,
  submission: {
    digest: '3f9a1c2be07d4485b1d6a0c5e98f7712c44d0fb36a5e1907d2b8c3f4a6e5d901',
    source: 'upload: webhook-receiver.zip',
    candidate: 'Ada Wren',
  },
  findings: FINDINGS,
  notes: [
    { code: 'boundToLocalhost', message: 'The service listened on 127.0.0.1 only; it was reached there.' },
    {
      code: 'restarts',
      message: 'The service was started 7 times: once to boot and 6 times because a check asked for it.',
    },
  ],
  performance: PERFORMANCE,
  timings: { intake: 84, install: 640, boot: 912, correctness: 31240, security: 4180, performance: 21350 },
  provenance: {
    assessmentDigest: '8d0f3b6c1f6f5e7a9b2c4d1e0f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f00',
    images: {
      sandbox: 'assayer/sandbox:5b1c90de44',
      prober: 'assayer/prober:a17702fc31',
      pause: 'assayer/pause:0c4be9d210',
    },
    engine: { name: 'docker', version: '20.10.24', apiVersion: '1.41', cgroup: 'v1', runtime: 'runc' },
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
      checksSeconds: 180,
    },
    seed: 'f2c09ab4',
    host: { cpus: 2, memoryMb: 24576, kernel: '6.1.0', arch: 'x64' },
    versions: { assayer: '0.1.0', node: '20.20.2' },
    gradedAt: '2026-11-22T09:15:08.412Z',
    attempt: 1,
  },
};

/** The golden run with some parts replaced: the base of tests about odd runs. */
export const goldenRun = (part: Partial<RunRecord> = {}): RunRecord => ({ ...RECORD, ...part });

/** A realistic scorecard: a solid mid-level submission to webhook-receiver. */
export const goldenScorecard = (part: Partial<RunRecord> = {}): Scorecard =>
  scoreRun(goldenRun(part), POLICY);
