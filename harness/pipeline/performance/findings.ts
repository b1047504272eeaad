import type { Finding, Pack } from '../../../assessments/kit/index.js';
import type { LoadResult, Performance } from '../../../assessments/kit/schema/performance.js';
import { judge } from './judge/index.js';

/** One finding for each check that is derived from a measurement. */
export const findMeasured = (pack: Pack, { loads }: Pick<Performance, 'loads'>): Finding[] =>
  loads.flatMap((load) => findOf(load, pack));

/** What one load says: a finding for each check of its profile. */
export function findOf(load: LoadResult, { checks, loads }: Pack): Finding[] {
  const file = loads.find(({ profile }) => profile === load.profile)?.file;
  return checks.flatMap((check) => (check.bar && check.file === file ? [judge(check, check.bar, load)] : []));
}

/** The same when there was no measurement. */
export const unmeasured = (
  { checks }: Pack,
  outcome: 'notApplicable' | 'inconclusive',
  reason: string,
): Finding[] => checks.flatMap((check) => (check.bar ? [finding(check.id, outcome, reason)] : []));

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
