import type { Bar } from '../../../../assessments/kit/index.js';
import type { Cost, LoadResult, Tail } from '../../../../assessments/kit/schema/performance.js';
import {
  inMs,
  isRight,
  isWrong,
  measure,
  missed,
  noTime,
  percent,
  unsure,
  verdict,
  wrongAnswers,
  type Judgement,
} from './judgement.js';

/** A figure of the candidate whose interval swings more than this from low to high is judged by its middle, not by its best case. */
const MAX_SWING = 1.5;

type Interval = Cost['ratio'];
const swings = ({ low, high }: Interval): boolean => high / low > MAX_SWING;

/** `ratio`: reference over candidate; over 1 is better than the reference. */
export function judgeRatio(
  load: LoadResult,
  ratio: Interval | null,
  atLeast: number,
  what: string,
): Judgement {
  if (!isRight(load)) return wrongAnswers(load);
  if (!ratio) return noTime(load, `the ${what}`);
  const words = `${percent(ratio.low)} to ${percent(ratio.high)} of the reference`;
  const value = Math.round(ratio.value * 1000) / 1000;
  const evidence = [measure(`reference over candidate: ${what}`, value, 'ratio', `at least ${atLeast}`)];
  const isMet = swings(ratio) ? ratio.value >= atLeast : ratio.high >= atLeast;
  const spread = 1 + (load.cost?.referenceSpread ?? 0);
  if (!isMet && load.unsure !== null && ratio.high * spread >= atLeast)
    return unsure(`${load.unsure} With them the bar is met; without them it is not.`);
  const sentence = `In ${what} it does ${words} (95 % confidence), where at least ${percent(atLeast)} is asked for.`;
  const needed = isMet
    ? ''
    : ` It would have to need ${Math.ceil((1 - ratio.value / atLeast) * 100)} % less.`;
  return verdict(isMet, sentence + needed, `at least ${percent(atLeast)} of the reference`, words, evidence);
}

/** The slowest of a hundred answers: good within a time whatever the reference does, else judged against it. */
export function judgeTail(
  load: LoadResult,
  tail: Tail | null,
  { atLeast, orWithinMs }: Pick<Extract<Bar, { figure: 'latency' }>, 'atLeast' | 'orWithinMs'>,
  what: string,
): Judgement {
  if (!tail || !isRight(load)) return judgeRatio(load, null, atLeast, what);
  const { candidate, reference, p99 } = tail;
  if (isWrong(1 - tail.right) && (candidate.p99 <= orWithinMs || p99.high >= atLeast))
    return missed(
      `The ${what} is that of few: ${percent(1 - tail.right)} of the requests at this rate were not answered, or wrongly.`,
      'quick answers to all',
      `${percent(tail.right)} answered`,
    );
  if (candidate.p99 <= orWithinMs) {
    const limit = `${orWithinMs} ms, or ${percent(atLeast)} of the reference`;
    const within = inMs(candidate.p99);
    return verdict(true, `The ${what} was ${within}.`, `within ${orWithinMs} ms`, within, [
      measure(what, candidate.p99, 'ms', limit),
    ]);
  }
  // Where the machine holds up both, a ratio that seems to miss the bar says nothing.
  if (reference.p99 > orWithinMs && swings(p99) && p99.value < atLeast)
    return unsure(
      `The reference's own ${what} was ${inMs(reference.p99)}: the machine was too busy to tell.`,
    );
  return judgeRatio(load, p99, atLeast, what);
}
