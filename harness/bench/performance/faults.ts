import type { Finding } from '../../../assessments/kit/index.js';

/** Faults of the reference that show under load only, by the name of their patch, and the check that must fail for each. */
const FAILS: Readonly<Record<string, string>> = {
  'list-looks-up-each-item': 'cost-excellent',
  'deliveries-hold-the-loop': 'event-loop-free',
  'requests-remembered': 'memory-steady',
  'list-forgets-the-oldest': 'load-nothing-lost',
  'slots-not-given-back': 'load-answers-right',
  'few-connections': 'slow-clients-harmless',
  'spike-is-dropped': 'spike-absorbed',
  'overload-shuts-the-door': 'overload-survived',
};
/** Services that are no good at all under load, and must not pass a single check, soon. */
const HOPELESS = [
  'dies-of-load',
  'crawls-under-load',
  'errors-under-load',
  'empty-under-load',
  'floods-under-load',
];
const SOON_SECONDS = 20;

export const FAULTS: readonly string[] = [...Object.keys(FAILS), ...HOPELESS];

/** Whether the findings of a measurement, and the time that it took, are what this fault deserves. */
export function isFound(name: string, findings: readonly Finding[], seconds: number): boolean {
  const check = FAILS[name];
  if (check === undefined)
    return seconds < SOON_SECONDS && findings.every(({ outcome }) => outcome === 'fail');
  return findings.some(({ checkId, outcome }) => checkId === check && outcome === 'fail');
}
