import type { DeclaredCheck, Finding } from '../../../../assessments/kit/index.js';
import type { LoadResult } from '../../../../assessments/kit/schema/performance.js';
import { judgeRatio, judgeTail } from './against-reference.js';
import { judgeCores } from './cores.js';
import { judgeAnswers, judgeExcess, judgeMemory, judgeSlowClients, judgeState } from './endurance.js';
import { isWrong, missed, wrongAnswers, type Judgement } from './judgement.js';

type Bar = NonNullable<DeclaredCheck['bar']>;

/** The finding of a check that is derived from a measurement. Pure. */
export function judge(check: DeclaredCheck, bar: Bar, load: LoadResult): Finding {
  const { kind, ...judgement } = judgeBar(bar, load);
  const common = { checkId: check.id, durationMs: 0, expected: null, observed: null, evidence: [] };
  switch (kind) {
    case 'met':
      return { ...common, ...judgement, outcome: 'pass', fraction: 1 };
    case 'missed':
      return { ...common, ...judgement, outcome: 'fail', fraction: 0 };
    case 'unsure':
      return { ...common, ...judgement, outcome: 'inconclusive', fraction: null };
  }
}

function judgeBar(bar: Bar, load: LoadResult): Judgement {
  if (load.ended !== null) return missed(load.ended, 'a service that bears the load', load.ended);
  const isAboutAnswers = bar.figure === 'answers' || bar.figure === 'state';
  if (isWrong(load.answers.wrong) && !isAboutAnswers) return wrongAnswers(load);
  switch (bar.figure) {
    case 'cost':
      return judgeRatio(load, load.cost?.ratio ?? null, bar.atLeast, 'CPU time for each correct request');
    case 'latency':
      return judgeTail(load, load.latency, bar, '99th percentile of latency');
    case 'eventLoop':
      return judgeTail(load, load.eventLoop, bar, '99th percentile of what the lightest requests waited');
    case 'memory':
      return judgeMemory(load, bar.atMostKb);
    case 'answers':
      return judgeAnswers(load, bar.atLeast);
    case 'state':
      return judgeState(load);
    case 'recovery':
      return judgeExcess(
        load,
        load.overload,
        'overload of three times what the reference bears',
        bar.withinMs,
        null,
      );
    case 'spike':
      return judgeExcess(
        load,
        load.spike,
        'spike of twice what the reference bears',
        bar.withinMs,
        bar.failedAtMost,
      );
    case 'slowClients':
      return judgeSlowClients(load, bar.atLeast);
    case 'cores':
      return judgeCores(load, bar.atLeast);
  }
}
