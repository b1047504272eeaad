import type { Graded } from '../../../harness/store/endings.js';
import type { NewSubmission } from '../../../harness/store/submissions.js';

export const newSubmission = (): NewSubmission => ({
  submittedBy: null,
  assessment: { id: 'sample', version: '1.0.0', digest: 'd'.repeat(64) },
  source: { kind: 'upload', name: 'sample.tar.gz' },
  archiveDigest: 'a'.repeat(64),
  candidate: 'Ada',
});

/** A result as small as its types allow. */
export function graded({ score }: { score: number | null }): Graded {
  const submission = { digest: 'a'.repeat(64), source: 'sample.tar.gz', candidate: 'Ada' };
  const provenance = {
    assessmentDigest: 'd'.repeat(64),
    images: {},
    engine: { name: 'docker', version: '20.10', apiVersion: '1.41', cgroup: 'v1' as const, runtime: 'runc' },
    limits: {},
    seed: 's',
    host: { cpus: 2, memoryMb: 1024, kernel: '6', arch: 'x64' },
    versions: {},
    gradedAt: '2026-11-22T00:00:00.000Z',
    attempt: 1,
  };
  const common = { verdict: null, submission, notes: [], performance: null, timings: {}, provenance };
  const unjudged = { score: null };
  return {
    record: { ...common, status: 'graded', findings: [] },
    scorecard: {
      ...common,
      schemaVersion: '1.0',
      status: 'graded',
      assessment: { id: 'sample', version: '1.0.0', title: 'Sample' },
      overall: { score, range: null, notMeasured: [] },
      topics: [],
      dimensions: {
        correctness: unjudged,
        security: unjudged,
        performance: unjudged,
        testing: unjudged,
      },
      checks: [],
      policy: { topicWeights: {}, levelBars: { junior: 0.5, mid: 0.5, senior: 0.5 } },
    },
  };
}
