import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../assessments/kit/index.js';
import { AgentGone, openAgent, type Agent } from '../../../runners/prober/driver/agent.js';
import { readLines } from '../../../runners/prober/driver/lines.js';
import type { ControlReply, Job, ToAgent } from '../../../runners/prober/protocol.js';
import type { Container, ContainerExit } from '../../../runners/sandbox/types.js';

const JOB: Job = {
  seed: 's',
  files: {},
  env: {},
  secrets: [],
  stubs: {},
  readyPath: '/',
  toldPort: 8080,
  cpus: 1,
};
const FINDING: Finding = {
  checkId: 'a',
  outcome: 'pass',
  fraction: 1,
  message: 'good',
  expected: null,
  observed: null,
  evidence: [],
  durationMs: 1,
};

/** A container whose program is the test. */
function puppet() {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const told: ToAgent[] = [];
  readLines(
    stdin,
    { line: 1e6, total: 1e6 },
    (line) => told.push(JSON.parse(line) as ToAgent),
    () => undefined,
  );
  let end: (exit: ContainerExit) => void = () => undefined;
  const ended = new Promise<ContainerExit>((resolve) => (end = resolve));
  const nonce = (): string => told.flatMap((one) => (one.type === 'job' ? [one.nonce] : []))[0] ?? '';
  const container: Container = {
    id: 'c',
    role: 'prober',
    stdin,
    stdout,
    logs: () => [],
    outputBytes: () => 0,
    signal: async () => undefined,
    ended,
    running: () => true,
    pause: async () => undefined,
    unpause: async () => undefined,
    figures: () => Promise.reject(new Error('none')),
    cpuNanoseconds: async () => 0n,
    countedMs: async () => 0,
    remove: async () => end({ code: 137, oomKilled: false, figures: null }),
  };
  return {
    container,
    told,
    end,
    write: (line: string) => stdout.write(line),
    say: (message: unknown) => stdout.write(`${JSON.stringify({ nonce: nonce(), message })}\n`),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function opened(control: () => Promise<ControlReply> = async () => ({ ok: true, value: 1 })) {
  const it = puppet();
  const findings: Finding[] = [];
  const opening = openAgent(it.container, JOB, {
    checkStarted: () => undefined,
    checkFinished: (finding) => findings.push(finding),
    control,
  });
  await settled();
  it.say({ type: 'hello' });
  return { ...it, agent: await opening, findings };
}

describe('an agent', () => {
  test('gets the job, answers requests and reports findings', async () => {
    const { agent, told, say, findings } = await opened();
    const answer = agent.request({ type: 'rewind', file: 'x' }, 1000);
    await settled();
    expect(told[0]).toMatchObject({ type: 'job', job: JOB });
    expect(told[1]).toEqual({ type: 'request', id: 1, request: { type: 'rewind', file: 'x' } });
    say({ type: 'checkFinished', finding: FINDING });
    say({ type: 'done', id: 1, result: { failed: 'no such file' } });
    expect(await answer).toEqual({ failed: 'no such file' });
    expect(findings).toEqual([FINDING]);
  });

  test('is answered what it asks for, and is not silent meanwhile', async () => {
    let reply: (value: ControlReply) => void = () => undefined;
    const { agent, told, say } = await opened(() => new Promise((resolve) => (reply = resolve)));
    say({ type: 'ask', id: 7, operation: { op: 'running' } });
    await settled();
    expect(agent.silentMs()).toBe(0);
    reply({ ok: true, value: false });
    await settled();
    expect(told.at(-1)).toEqual({ type: 'reply', id: 7, reply: { ok: true, value: false } });
    expect(agent.silentMs()).toBeGreaterThan(0);
  });

  test('that answers too late is told apart from one that is gone', async () => {
    const { agent } = await opened();
    const late = agent.request({ type: 'rewind', file: 'x' }, 20);
    await expect(late).rejects.toThrow('the prober did not answer "rewind" within 20 ms');
    expect(agent.gone()).toBeNull();
  });

  test('that cannot begin says why', async () => {
    const it = puppet();
    const nothing = { checkStarted: () => undefined, checkFinished: () => undefined };
    const opening = openAgent(it.container, JOB, {
      ...nothing,
      control: async () => ({ ok: true, value: 1 }),
    });
    await settled();
    it.say({ type: 'broken', message: 'port 9101 is taken' });
    await expect(opening).rejects.toMatchObject({ why: 'broken', message: 'port 9101 is taken' });
  });

  test('that dies ends what is under way', async () => {
    const { agent, end } = await opened();
    const answer = agent.request({ type: 'rewind', file: 'x' }, 1000);
    end({ code: 137, oomKilled: true, figures: null });
    await expect(answer).rejects.toMatchObject({ why: 'outOfMemory', message: 'ran out of memory' });
    await expect(agent.request({ type: 'rewind', file: 'x' }, 1000)).rejects.toBeInstanceOf(AgentGone);
  });
});

describe('a stream that is not the agent’s own is believed in nothing', () => {
  const forged = JSON.stringify({ nonce: 'guessed', message: { type: 'checkFinished', finding: FINDING } });
  test.each<[string, string, RegExp]>([
    ['a wrong nonce', `${forged}\n`, /does not carry its nonce/],
    ['no JSON', 'PASS checks/a.check.cjs\n', /not JSON/],
    ['another shape', '{"nonce":"x","message":{"type":"grade","score":100}}\n', /wrong shape/],
    ['a line without end', 'x'.repeat(5 * 1024 * 1024), /a line of more than/],
  ])('%s', async (_what, text, reason) => {
    const { agent, write, findings } = await opened();
    write(text);
    const gone = await agent.whenGone;
    expect(gone).toMatchObject({ why: 'breach', message: expect.stringMatching(reason) });
    expect(findings).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a fraction over one', { ...FINDING, fraction: 2 }],
    ['a pass without its points', { ...FINDING, fraction: 0 }],
    ['a field too many', { ...FINDING, bonus: 5 }],
    ['no number', { ...FINDING, durationMs: null }],
  ])('a finding with %s', async (_what, finding) => {
    const { agent, say, findings } = await opened();
    say({ type: 'checkFinished', finding });
    expect((await agent.whenGone).why).toBe('breach');
    say({ type: 'checkFinished', finding: FINDING });
    await settled();
    expect(findings).toEqual([]);
  });
});

describe('readLines', () => {
  const read = (...pieces: string[]) => {
    const stream = new PassThrough();
    const lines: string[] = [];
    const excess: string[] = [];
    readLines(
      stream,
      { line: 10, total: 40 },
      (line) => lines.push(line),
      (reason) => excess.push(reason),
    );
    pieces.forEach((piece) => stream.write(piece));
    return { lines, excess };
  };

  test('joins pieces and splits lines', () => {
    expect(read('a', 'b\ncd\n', '\né', '\nrest').lines).toEqual(['ab', 'cd', '', 'é']);
  });

  test('gives up once, and reads no further, past either ceiling', () => {
    expect(read('ok\n', 'x'.repeat(11), '\nmore\n')).toEqual({
      lines: ['ok'],
      excess: ['a line of more than 10 bytes'],
    });
    const { lines, excess } = read(...Array.from({ length: 20 }, () => '1234\n'));
    expect(lines).toHaveLength(8);
    expect(excess).toEqual(['more than 40 bytes']);
  });
});

test.each([
  [{ code: 137, oomKilled: true }, 'outOfMemory'],
  [{ code: 134, oomKilled: false }, 'outOfMemory'],
  [{ code: 1, oomKilled: false }, 'died'],
])('an agent that ends with %j is gone for that reason', async (exit, why) => {
  const { agent, end } = await opened();
  end({ ...exit, figures: null });
  expect((await agent.whenGone).why).toBe(why);
});

test('an agent that is given up while the engine fails is gone, and brings down nobody', async () => {
  const { agent, container } = await opened();
  container.remove = () => Promise.reject(new Error('the engine is gone'));
  agent.abandon();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(agent.gone()).toMatchObject({ why: 'closed' });
});

test('an agent that is closed is gone', async () => {
  const { agent }: { agent: Agent } = await opened();
  await agent.close();
  expect(agent.gone()).toMatchObject({ why: 'closed' });
});
