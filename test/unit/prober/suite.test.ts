import { describe, expect, test } from '@jest/globals';
import type { DeclaredCheck, Finding } from '../../../assessments/kit/index.js';
import { AgentGone, type Agent } from '../../../runners/prober/driver/agent.js';
import { createSuite, type SuiteReports } from '../../../runners/prober/driver/suite.js';
import type { CheckRequest, DoneResult } from '../../../runners/prober/protocol.js';

const check = (id: string): DeclaredCheck => ({
  id,
  title: id,
  topic: 'T4',
  practice: '4.1',
  level: 'junior',
  dimension: 'correctness',
  points: 1,
  why: 'w',
  remedy: 'r',
  questions: [],
  file: `checks/${id}.check.cjs`,
});
const pass = (checkId: string): Finding => ({
  checkId,
  outcome: 'pass',
  fraction: 1,
  message: 'good',
  expected: null,
  observed: null,
  evidence: [],
  durationMs: 1,
});

/** What a prober does with a check: pass it, or be lost over it. */
type Act = 'pass' | 'omit' | AgentGone | 'hang' | 'slow';
type Script = (check: CheckRequest, prober: number) => Act;

const DIED = new AgentGone('died', 'ended with exit code 137');

async function run(
  ids: readonly string[],
  script: Script,
  withinMs = 10_000,
  faults: { file: string; message: string }[] = [],
  /** How much of the time on the clock counts. */
  pace = 1,
) {
  const batches: string[][] = [];
  let probers = 0;
  let current: Agent | null = null;
  let reports: SuiteReports;

  function newAgent(): Agent {
    const number = ++probers;
    let gone: AgentGone | null = null;
    let announce: (end: AgentGone) => void = () => undefined;
    const whenGone = new Promise<AgentGone>((resolve) => (announce = resolve));
    return {
      gone: () => gone,
      whenGone,
      silentMs: () => 0,
      countedMs: async () => performance.now() * pace,
      close: async () => undefined,
      abandon: () => undefined,
      async request(request): Promise<DoneResult> {
        if (request.type !== 'run') throw new Error('not a run');
        batches.push(request.checks.map(({ id }) => id));
        for (const one of request.checks) {
          const act = script(one, number);
          if (act === 'omit') continue;
          reports.checkStarted(one.id);
          if (act === 'hang') return new Promise(() => undefined);
          if (act === 'slow') await new Promise((resolve) => setTimeout(resolve, 150));
          else if (act !== 'pass') {
            gone = act;
            announce(act);
            throw act;
          }
          reports.checkFinished(pass(one.id));
        }
        return { ran: { faults } };
      },
    };
  }

  const suite = createSuite(ids.map(check), {
    agent: async () => (current = current && !current.gone() ? current : newAgent()),
    withinMs,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  reports = suite.reports;
  const findings = await suite.run();
  return {
    findings,
    outcomes: findings.map(({ checkId, outcome }) => `${checkId} ${outcome}`),
    batches,
    probers,
  };
}

describe('exactly one finding for each check, in order', () => {
  test('when all goes well', async () => {
    const { outcomes, probers } = await run(['a', 'b', 'c'], () => 'pass');
    expect(outcomes).toEqual(['a pass', 'b pass', 'c pass']);
    expect(probers).toBe(1);
  });

  test('when a prober dies once: the suspect is run again alone, the rest goes on', async () => {
    const { outcomes, batches } = await run(['a', 'b', 'c'], ({ id }, prober) =>
      id === 'b' && prober === 1 ? DIED : 'pass',
    );
    expect(outcomes).toEqual(['a pass', 'b pass', 'c pass']);
    expect(batches).toEqual([['a', 'b', 'c'], ['c'], ['b']]);
  });

  test('when a check kills every prober: the service pays for that one', async () => {
    const { findings, outcomes } = await run(['a', 'b', 'c'], ({ id }) => (id === 'b' ? DIED : 'pass'));
    expect(outcomes).toEqual(['a pass', 'b fail', 'c pass']);
    expect(findings[1]?.message).toContain('brought down twice');
  });

  test('when what comes back cannot be believed: nobody pays', async () => {
    const breach = new AgentGone('breach', 'the prober sent a line that is not JSON');
    const { outcomes } = await run(['a', 'b'], ({ id }) => (id === 'a' ? breach : 'pass'));
    expect(outcomes).toEqual(['a error', 'b pass']);
  });

  test('when a file could not be evaluated: that is not the service’s doing', async () => {
    const faults = [{ file: 'checks/b.check.cjs', message: 'x is not defined' }];
    const { outcomes, findings } = await run(
      ['a', 'b'],
      ({ id }) => (id === 'b' ? 'omit' : 'pass'),
      10_000,
      faults,
    );
    expect(outcomes).toEqual(['a pass', 'b error']);
    expect(findings[1]?.message).toContain('checks/b.check.cjs could not be run: x is not defined');
  });

  test('when time runs out: what was not reached fails and says so', async () => {
    const { outcomes, findings } = await run(['a', 'b', 'c'], ({ id }) => (id === 'b' ? 'hang' : 'pass'), 60);
    expect(outcomes).toEqual(['a pass', 'b fail', 'c fail']);
    expect(findings[1]?.message).toContain('still waiting');
    expect(findings[2]?.message).toContain('Not reached');
  });

  test('when a busy host takes the time: only what counts is held against the service', async () => {
    const slow: Script = () => 'slow';
    expect((await run(['a'], slow, 100, [], 0.1)).outcomes).toEqual(['a pass']);
    expect((await run(['a'], slow, 100)).outcomes).toEqual(['a fail']);
    expect((await run(['a'], slow, 50, [], 0)).outcomes).toEqual(['a fail']);
  });
});

test('probers that die before any check has begun are our fault', async () => {
  const suite = createSuite([check('a')], {
    agent: async () => {
      throw new AgentGone('broken', 'port 9101 is taken');
    },
    withinMs: 1000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  await expect(suite.run()).rejects.toThrow('port 9101 is taken');
});

test.each([
  ['that ran out of memory are the service\u2019s doing', 'outOfMemory', ['a fail', 'b fail']],
  ['that died of something else are ours', 'died', null],
] as const)('probers that are lost again and again before a check, %s', async (_what, why, outcomes) => {
  const suite = createSuite([check('a'), check('b')], {
    agent: async () => {
      throw new AgentGone(why, 'is gone');
    },
    withinMs: 1000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const run = suite.run().then((all) => all.map(({ checkId, outcome }) => `${checkId} ${outcome}`));
  if (outcomes === null) await expect(run).rejects.toThrow('is gone');
  else expect(await run).toEqual(outcomes);
});

test('a finding that nobody asked for, or a second one, changes nothing', async () => {
  const events: string[] = [];
  const suite = createSuite([check('a')], {
    agent: async () => ({
      gone: () => null,
      whenGone: new Promise(() => undefined),
      silentMs: () => 0,
      countedMs: async () => performance.now(),
      close: async () => undefined,
      abandon: () => undefined,
      async request() {
        suite.reports.checkFinished({ ...pass('a'), outcome: 'fail', fraction: 0 });
        suite.reports.checkFinished(pass('a'));
        suite.reports.checkFinished(pass('stranger'));
        return { ran: { faults: [] } };
      },
    }),
    withinMs: 1000,
    signal: new AbortController().signal,
    onEvent: ({ type }) => events.push(type),
  });
  expect(await suite.run()).toEqual([{ ...pass('a'), outcome: 'fail', fraction: 0 }]);
  expect(events).toEqual(['checkFinished']);
});
