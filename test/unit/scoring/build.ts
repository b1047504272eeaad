import type { CheckMeta, Finding, Level, TopicId } from '../../../assessments/kit/index.js';
import type { Policy, RunRecord } from '../../../harness/scoring/index.js';

/** A check with defaults, for policies made up by tests. */
export function check(id: string, part: Partial<CheckMeta> = {}): CheckMeta {
  return {
    id,
    title: `Title of ${id}`,
    topic: 'T1',
    practice: '1.2',
    level: 'junior',
    dimension: 'correctness',
    points: 2,
    why: 'why',
    remedy: 'remedy',
    questions: [{ ask: 'ask', listenFor: 'listen' }],
    ...part,
  };
}

const FRACTION = {
  pass: 1,
  fail: 0,
  partial: 0.5,
  notApplicable: null,
  inconclusive: null,
  error: null,
} as const;

export function finding(
  checkId: string,
  outcome: Finding['outcome'],
  fraction: number | null = FRACTION[outcome],
): Finding {
  const message = `${checkId}: ${outcome}`;
  return { checkId, outcome, fraction, message, expected: null, observed: null, evidence: [], durationMs: 3 };
}

export function policy(
  checks: readonly CheckMeta[],
  weights: Policy['spec']['topicWeights'] = { T1: 1 },
): Policy {
  return {
    spec: {
      id: 'sample',
      version: '1.0.0',
      title: 'Sample',
      levelBars: { junior: 0.6, mid: 0.8, senior: 0.9 },
      topicWeights: weights,
    },
    checks,
  };
}

export function record(findings: readonly Finding[], part: Partial<RunRecord> = {}): RunRecord {
  return {
    status: 'graded',
    verdict: null,
    submission: { digest: 'a'.repeat(64), source: './submission', candidate: null },
    findings,
    notes: [],
    performance: null,
    timings: { boot: 900 },
    provenance: {
      assessmentDigest: 'b'.repeat(64),
      images: { sandbox: 'sha256:1' },
      engine: { name: 'docker', version: '20.10', apiVersion: '1.41', cgroup: 'v1', runtime: 'runc' },
      limits: { memoryMb: 256 },
      seed: 'seed',
      host: { cpus: 2, memoryMb: 2048, kernel: '6.1', arch: 'x64' },
      versions: { node: '20' },
      gradedAt: '2026-11-22T10:00:00.000Z',
      attempt: 1,
    },
    ...part,
  };
}

export const LEVEL_RANK: Readonly<Record<Level | 'below', number>> = {
  below: 0,
  junior: 1,
  mid: 2,
  senior: 3,
};
export const SOME_TOPICS: readonly TopicId[] = ['T1', 'T4', 'T9'];
