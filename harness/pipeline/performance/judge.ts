import type { DeclaredCheck, Evidence, Finding } from '../../../assessments/kit/index.js';
import type { Cost, LoadResult } from '../../../assessments/kit/schema/performance.js';

type Bar = NonNullable<DeclaredCheck['bar']>;

/** What a figure says about a bar. `unsure`: the machine or the pack is to blame that nothing can be said. */
type Judgement =
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
/** Before that, every program grows. */
const MIN_REQUESTS = 1000;
/** A candidate whose own figure swings more than this from low to high is judged by the figure itself, not by its best case. */
const MAX_SWING = 1.5;

type Interval = Cost['ratio'];
const swings = ({ low, high }: Interval): boolean => high / low > MAX_SWING;

/** The finding of a check that is derived from a measurement. Pure. */
export function judge(check: DeclaredCheck, bar: Bar, load: LoadResult): Finding {
  const judgement = judgeBar(bar, load);
  const common = { checkId: check.id, durationMs: 0, message: judgement.message };
  switch (judgement.kind) {
    case 'met':
      return { ...common, ...shown(judgement), outcome: 'pass', fraction: 1 };
    case 'missed':
      return { ...common, ...shown(judgement), outcome: 'fail', fraction: 0 };
    case 'unsure':
      return {
        ...common,
        expected: null,
        observed: null,
        evidence: [],
        outcome: 'inconclusive',
        fraction: null,
      };
  }
}

const shown = ({ expected, observed, evidence }: Exclude<Judgement, { kind: 'unsure' }>) => ({
  expected,
  observed,
  evidence,
});

function judgeBar(bar: Bar, load: LoadResult): Judgement {
  if (load.ended !== null) return missed(load.ended, 'a service that bears the load', load.ended);
  switch (bar.figure) {
    case 'cost':
      return judgeRatio(load, load.cost?.ratio ?? null, bar.atLeast, 'CPU time for each correct request');
    case 'latency': {
      const tail = load.latency?.candidate.p99 ?? null;
      if (tail !== null && tail <= bar.orWithinMs && isRight(load))
        return met(`99 % of the answers came within ${ms(tail)}.`, `within ${bar.orWithinMs} ms`, ms(tail), [
          measure(
            '99th percentile',
            tail,
            'ms',
            `${bar.orWithinMs} ms, or ${percent(bar.atLeast)} of the reference`,
          ),
        ]);
      if (load.latency && load.latency.reference.p99 > bar.orWithinMs && swings(load.latency.p99))
        return {
          kind: 'unsure',
          message: `The reference's own 99th percentile was ${ms(load.latency.reference.p99)}: the machine was too busy to tell.`,
        };
      return judgeRatio(load, load.latency?.p99 ?? null, bar.atLeast, '99th percentile of latency');
    }
    case 'memory':
      return judgeMemory(load, bar.atMostKb);
    case 'answers':
      return judgeAnswers(load, bar.atLeast);
    case 'state':
      return judgeState(load);
    case 'recovery':
      return judgeRecovery(load, bar.withinMs);
    case 'slowClients':
      return judgeSlowClients(load, bar.atLeast);
  }
}

function judgeRatio(load: LoadResult, ratio: Interval | null, atLeast: number, what: string): Judgement {
  if (!isRight(load)) return wrongAnswers(load);
  if (!ratio) return { kind: 'unsure', message: `There was no time to measure the ${what}.` };
  const words = `${percent(ratio.low)} to ${percent(ratio.high)} of the reference`;
  const evidence = [
    measure(`reference over candidate: ${what}`, round(ratio.value), 'ratio', `at least ${atLeast}`),
  ];
  const isMet = swings(ratio) ? ratio.value >= atLeast : ratio.high >= atLeast;
  const spread = 1 + (load.cost?.referenceSpread ?? 0);
  if (!isMet && load.unsure !== null && ratio.high * spread >= atLeast)
    return { kind: 'unsure', message: `${load.unsure} With them the bar is met; without them it is not.` };
  const sentence = `In ${what} it does ${words} (95 % confidence), where at least ${percent(atLeast)} is asked for.`;
  const expected = `at least ${percent(atLeast)} of the reference`;
  const needed = ` It would have to need ${Math.ceil((1 - ratio.value / atLeast) * 100)} % less.`;
  return isMet
    ? met(sentence, expected, words, evidence)
    : missed(sentence + needed, expected, words, evidence);
}

function judgeMemory(load: LoadResult, atMostKb: number): Judgement {
  if (!load.memory) return { kind: 'unsure', message: 'There was no time to measure memory.' };
  const { growthKb, requests } = load.memory;
  if (requests < MIN_REQUESTS)
    return { kind: 'unsure', message: 'There were too few requests to tell how memory grows.' };
  const beyond = Math.round(growthKb.candidate - Math.max(0, growthKb.reference ?? 0));
  const evidence = [
    measure(
      'memory gained beyond the reference, for 1000 requests',
      beyond,
      'KiB',
      `at most ${atMostKb} KiB`,
    ),
  ];
  const sentence = `Over ${requests} requests, memory grew by ${beyond} KiB for each 1000 beyond what the reference gains.`;
  const [expected, observed] = [`at most ${atMostKb} KiB`, `${beyond} KiB`];
  return beyond <= atMostKb
    ? met(sentence, expected, observed, evidence)
    : missed(sentence, expected, observed, evidence);
}

function judgeAnswers(load: LoadResult, atLeast: number): Judgement {
  const { requests, right, fault } = load.answers;
  if (requests === 0) return missed('Nothing was answered under load.', 'right answers', 'none');
  const sentence = `${percent(right)} of ${requests} requests under load were answered rightly.${fault === null ? '' : ` First fault: ${fault}.`}`;
  const [expected, observed] = [`at least ${percent(atLeast)}`, percent(right)];
  return right >= atLeast ? met(sentence, expected, observed) : missed(sentence, expected, observed);
}

function judgeState({ state }: LoadResult): Judgement {
  const expected = 'everything that was accepted, once';
  if (!state.looked) return { kind: 'unsure', message: 'The state after the load was not looked at.' };
  return state.fault === null
    ? met('After the load everything that was accepted is there, once.', expected, 'as expected')
    : missed(state.fault, expected, state.fault);
}

function judgeRecovery({ overload }: LoadResult, withinMs: number): Judgement {
  if (!overload) return { kind: 'unsure', message: 'There was no time to measure the overload.' };
  const { recoveredMs, perSecond, answered, shed } = overload;
  const observed = recoveredMs === null ? 'not well again' : `well again after ${recoveredMs} ms`;
  const sentence =
    `At ${perSecond} requests a second, three times what the reference bears, it answered ${percent(answered)} and turned ` +
    `${percent(shed)} away; afterwards it was ${observed}.`;
  const expected = `ordinary answers within ${withinMs} ms`;
  return recoveredMs !== null && recoveredMs <= withinMs
    ? met(sentence, expected, observed)
    : missed(sentence, expected, observed);
}

function judgeSlowClients({ slowClients }: LoadResult, atLeast: number): Judgement {
  if (!slowClients) return { kind: 'unsure', message: 'There was no time to measure slow clients.' };
  const { clients, answered, reference } = slowClients;
  if (answered < atLeast && reference < atLeast)
    return {
      kind: 'unsure',
      message: 'The reference did not answer in time either: the machine was too busy to tell.',
    };
  const sentence = `While ${clients} slow clients held connections, ${percent(answered)} of the other requests were answered.`;
  const [expected, observed] = [`at least ${percent(atLeast)}`, percent(answered)];
  return answered >= atLeast ? met(sentence, expected, observed) : missed(sentence, expected, observed);
}

const isRight = ({ answers }: LoadResult): boolean => answers.requests > 0 && answers.right >= MIN_RIGHT;

function wrongAnswers({ answers }: LoadResult): Judgement {
  const share = percent(answers.right);
  return missed(
    `Only ${share} of the answers under load were right, so how fast they came counts for nothing.${answers.fault === null ? '' : ` First fault: ${answers.fault}.`}`,
    `at least ${percent(MIN_RIGHT)} right answers`,
    share,
  );
}

const met = (
  message: string,
  expected: string,
  observed: string,
  evidence: readonly Evidence[] = [],
): Judgement => ({ kind: 'met', message, expected, observed, evidence });
const missed = (
  message: string,
  expected: string,
  observed: string,
  evidence: readonly Evidence[] = [],
): Judgement => ({ kind: 'missed', message, expected, observed, evidence });

const measure = (name: string, value: number, unit: string, limit: string): Evidence => ({
  kind: 'measure',
  name,
  value,
  unit,
  limit,
});
const round = (value: number): number => Math.round(value * 1000) / 1000;
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
const ms = (value: number): string => `${Math.round(value * 100) / 100} ms`;
