import type { Evidence } from '../../../../assessments/kit/index.js';
import type { LoadResult } from '../../../../assessments/kit/schema/performance.js';

/** What a figure says about a bar. `unsure`: the machine or the pack is to blame that nothing can be said. */
export type Judgement =
  | {
      readonly kind: 'met' | 'missed';
      readonly message: string;
      readonly expected: string;
      readonly observed: string;
      readonly evidence: readonly Evidence[];
    }
  | { readonly kind: 'unsure'; readonly message: string };

/** With a smaller share of right answers, how fast they came says nothing. */
const MIN_RIGHT = 0.99;

export const isRight = ({ answers }: LoadResult): boolean =>
  answers.requests > 0 && answers.right >= MIN_RIGHT;

/** Answers that are wrong earn nothing, whatever is asked of them; those that are lost, late or turned away are another matter. */
export const isWrong = (share: number): boolean => share > 1 - MIN_RIGHT;

export function wrongAnswers({ answers }: LoadResult): Judgement {
  const share = percent(Math.min(answers.right, 1 - answers.wrong));
  return missed(
    `Only ${share} of the answers under load were right, so how they came counts for nothing.${firstFault(answers)}`,
    `at least ${percent(MIN_RIGHT)} right answers`,
    share,
  );
}

export const firstFault = ({ fault }: LoadResult['answers']): string =>
  fault === null ? '' : ` First fault: ${fault}.`;

export const verdict = (
  isMet: boolean,
  message: string,
  expected: string,
  observed: string,
  evidence: readonly Evidence[] = [],
): Judgement => ({ kind: isMet ? 'met' : 'missed', message, expected, observed, evidence });

export const missed = (message: string, expected: string, observed: string): Judgement =>
  verdict(false, message, expected, observed);

/** A service that answers so much less than the reference has itself to blame when time runs out. */
const SLOW = 0.2;

/** There was no time to measure something: the service's own doing if it was what took so long, else nobody's. */
export function noTime({ cost }: LoadResult, what: string): Judgement {
  const reason = `There was no time to measure ${what}`;
  if (!cost || cost.speed.high >= SLOW) return unsure(`${reason}.`);
  const speed = `${percent(cost.speed.value)} of the reference`;
  return missed(
    `${reason}: the service answered so slowly, at ${speed}, that it was used up.`,
    'quick enough to be measured',
    speed,
  );
}

export const unsure = (message: string): Judgement => ({ kind: 'unsure', message });

export const measure = (name: string, value: number, unit: string, limit: string): Evidence => ({
  kind: 'measure',
  name,
  value,
  unit,
  limit,
});

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
export const inMs = (value: number): string => `${Math.round(value * 100) / 100} ms`;
