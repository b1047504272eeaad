import type { Excess, LoadResult } from '../../../../assessments/kit/schema/performance.js';
import {
  firstFault,
  isWrong,
  measure,
  missed,
  noTime,
  percent,
  unsure,
  verdict,
  type Judgement,
} from './judgement.js';

/** Before that, every program grows. */
const MIN_REQUESTS = 500;
export function judgeMemory(load: LoadResult, atMostKb: number): Judgement {
  const { memory } = load;
  if (!memory || memory.requests < MIN_REQUESTS) return noTime(load, 'how memory grows');
  const { growthKb, requests } = memory;
  const expected = `at most ${atMostKb} KiB`;
  const beyond = Math.round(growthKb.candidate - Math.max(0, growthKb.reference ?? 0));
  const observed = `${beyond} KiB`;
  const what = 'memory gained beyond the reference, for 1000 requests';
  const sentence = `Over ${requests} requests, memory grew by ${observed} for each 1000 beyond what the reference gains.`;
  return verdict(beyond <= atMostKb, sentence, expected, observed, [measure(what, beyond, 'KiB', expected)]);
}

export function judgeAnswers({ answers }: LoadResult, atLeast: number): Judgement {
  const { requests, right, wrong } = answers;
  if (requests === 0) return missed('Nothing was answered under load.', 'right answers', 'none');
  const expected = `at least ${percent(atLeast)}`;
  if (right >= atLeast && 1 - wrong < atLeast)
    return missed(
      `${percent(wrong)} of all answers were wrong once the load changed.${firstFault(answers)}`,
      expected,
      percent(1 - wrong),
    );
  const sentence = `${percent(right)} of ${requests} requests under load were answered rightly.${firstFault(answers)}`;
  return verdict(right >= atLeast, sentence, expected, percent(right));
}

export function judgeState({ state }: LoadResult): Judgement {
  const expected = 'everything that was accepted, once';
  if (!state.looked) return unsure('The state after the load was not looked at.');
  return state.fault === null
    ? verdict(true, 'After the load everything that was accepted is there, once.', expected, 'as expected')
    : missed(state.fault, expected, state.fault);
}

/** Of a spike: as much as could be borne at once. Whoever turns away more has not absorbed it, but closed the door. */
const LEAST_ANSWERED = 0.5;

/** @param failedAtMost share of the requests that may be neither answered nor turned away; null: any */
export function judgeExcess(
  load: LoadResult,
  excess: Excess | null,
  what: string,
  withinMs: number,
  failedAtMost: number | null,
): Judgement {
  if (!excess) return noTime(load, `the ${what}`);
  const { recoveredMs, perSecond, answered, shed, failed, referenceFailed, wrong } = excess;
  if (failedAtMost !== null && (referenceFailed ?? 0) > failedAtMost)
    return unsure(`The reference failed in the ${what} too: the machine was too busy to tell.`);
  if (isWrong(wrong))
    return missed(
      `In the ${what}, ${percent(wrong)} of the answers were wrong, so how it bore it counts for nothing.`,
      'right answers',
      `${percent(wrong)} wrong`,
    );
  const isWell = recoveredMs !== null && recoveredMs <= withinMs;
  const isDodged = failedAtMost !== null && answered < LEAST_ANSWERED;
  const isLost = isDodged || (failedAtMost !== null && failed > failedAtMost);
  const after = recoveredMs === null ? 'not well again' : `well again after ${recoveredMs} ms`;
  const sentence =
    `In the ${what}, ${perSecond} requests a second, it answered ${percent(answered)}, turned ${percent(shed)} away and ` +
    `failed ${percent(failed)}; afterwards it was ${after}.`;
  const expected =
    failedAtMost === null
      ? `ordinary answers within ${withinMs} ms`
      : `at least ${percent(LEAST_ANSWERED)} answered, at most ${percent(failedAtMost)} failed, and ordinary answers within ${withinMs} ms`;
  return verdict(
    isWell && !isLost,
    sentence,
    expected,
    isLost ? `${percent(answered)} answered, ${percent(failed)} failed` : after,
  );
}

export function judgeSlowClients(load: LoadResult, atLeast: number): Judgement {
  const { slowClients } = load;
  if (!slowClients) return noTime(load, 'slow clients');
  const { clients, answered, reference } = slowClients;
  if (answered < atLeast && reference < atLeast)
    return unsure('The reference did not answer in time either: the machine was too busy to tell.');
  const sentence = `While ${clients} slow clients held connections, ${percent(answered)} of the other requests were answered.`;
  return verdict(answered >= atLeast, sentence, `at least ${percent(atLeast)}`, percent(answered));
}
