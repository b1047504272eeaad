import type { Finding, Pack } from '../../../assessments/kit/index.js';
import type { Performance } from '../../../assessments/kit/schema/performance.js';
import { judge } from './judge.js';

/** One finding for each check that is derived from a measurement. */
export function findMeasured({ checks, loads }: Pack, performance: Pick<Performance, 'loads'>): Finding[] {
  return checks.flatMap((check) => {
    if (!check.bar) return [];
    const profile = loads.find(({ file }) => file === check.file)?.profile;
    const load = performance.loads.find((one) => one.profile === profile);
    return load
      ? [judge(check, check.bar, load)]
      : [finding(check.id, 'error', 'Its load profile was not measured.')];
  });
}

/** The same when there was no measurement. */
export const unmeasured = ({ checks }: Pack, outcome: 'notApplicable' | 'error', reason: string): Finding[] =>
  checks.flatMap((check) => (check.bar ? [finding(check.id, outcome, reason)] : []));

const finding = (checkId: string, outcome: Finding['outcome'], message: string): Finding => ({
  checkId,
  outcome,
  fraction: null,
  message,
  expected: null,
  observed: null,
  evidence: [],
  durationMs: 0,
});
