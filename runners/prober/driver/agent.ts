import { randomBytes } from 'node:crypto';
import type { Finding } from '../../../assessments/kit/index.js';
import type { Container } from '../../sandbox/types.js';
import {
  lineSchema,
  MAX_LINE_BYTES,
  MAX_STREAM_BYTES,
  type AgentMessage,
  type AgentRequest,
  type ControlOperation,
  type ControlReply,
  type DoneResult,
  type Job,
  type ToAgent,
} from '../protocol.js';
import { withDeadline } from './deadline.js';
import { readLines } from './lines.js';

/** From the start of its container until its stubs listen. */
const HELLO_MS = 30_000;

/** What an agent reports of its own accord. */
export interface AgentHandlers {
  checkStarted(checkId: string): void;
  checkFinished(finding: Finding): void;
  control(operation: ControlOperation): Promise<ControlReply>;
}

/** 128 + SIGABRT: V8 gives up before the container is full. */
const HEAP_FULL = 134;

/** Why an agent is of no use any more. `broken`: it never was. `breach`: it said something that it never should, so nothing it says counts. */
export class AgentGone extends Error {
  constructor(
    readonly why: 'died' | 'outOfMemory' | 'breach' | 'broken' | 'closed',
    message: string,
  ) {
    super(message);
    this.name = 'AgentGone';
  }
}

/** Lost by something that happened to it, which a service may have brought about. */
export const wasLost = (error: unknown): error is AgentGone =>
  error instanceof AgentGone && (error.why === 'died' || error.why === 'outOfMemory');

/** The worker's end of one agent. */
export interface Agent {
  /** @throws AgentGone; Error when the agent says that it failed, or does not answer in time */
  request(request: AgentRequest, withinMs: number): Promise<DoneResult>;
  /** Set once it is gone. */
  gone(): AgentGone | null;
  readonly whenGone: Promise<AgentGone>;
  /** Of its container's life, see `Container`. */
  countedMs(): Promise<number>;
  /** Milliseconds since its last word, or since the last control operation ended; 0 while one is under way. */
  silentMs(): number;
  close(): Promise<void>;
  /** The same, without waiting for it. What an engine that fails does not remove goes with the pod. */
  abandon(): void;
}

/** Gives the job to the program in a prober container and waits until its stubs listen. */
export async function openAgent(container: Container, job: Job, handlers: AgentHandlers): Promise<Agent> {
  const { stdin, stdout } = container;
  if (!stdin || !stdout) throw new Error('the prober container was started without its streams');
  const nonce = randomBytes(16).toString('hex');
  const waiting = new Map<
    number,
    { resolve: (result: DoneResult) => void; reject: (error: Error) => void }
  >();
  let lastId = 0;
  let heard = performance.now();
  let operations = 0;
  let end: AgentGone | null = null;
  let announceEnd: (gone: AgentGone) => void;
  const whenGone = new Promise<AgentGone>((resolve) => (announceEnd = resolve));
  let greet: () => void;
  const greeted = new Promise<void>((resolve) => (greet = resolve));

  const send = (message: ToAgent): void => {
    if (!end) stdin.write(`${JSON.stringify(message)}\n`);
  };
  const finish = (gone: AgentGone): void => {
    if (end) return;
    end = gone;
    announceEnd(gone);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };

  async function reply(id: number, operation: ControlOperation): Promise<void> {
    operations++;
    const answer = await handlers.control(operation);
    operations--;
    heard = performance.now();
    send({ type: 'reply', id, reply: answer });
  }

  function hear(message: AgentMessage): void {
    switch (message.type) {
      case 'hello':
        return greet();
      case 'broken':
        return finish(new AgentGone('broken', message.message));
      case 'ask':
        return void reply(message.id, message.operation);
      case 'checkStarted':
        return handlers.checkStarted(message.checkId);
      case 'checkFinished':
        return handlers.checkFinished(message.finding);
      case 'done':
        waiting.get(message.id)?.resolve(message.result);
        waiting.delete(message.id);
        return;
    }
  }

  const breach = (reason: string): void => finish(new AgentGone('breach', `the prober sent ${reason}`));
  readLines(
    stdout,
    { line: MAX_LINE_BYTES, total: MAX_STREAM_BYTES },
    (line) => {
      if (end) return;
      heard = performance.now();
      const message = parseLine(line, nonce);
      if (typeof message === 'string') breach(message);
      else hear(message);
    },
    breach,
  );
  stdin.on('error', () => undefined);
  container.ended.then(
    ({ code, oomKilled }) =>
      finish(
        oomKilled || code === HEAP_FULL
          ? new AgentGone('outOfMemory', 'ran out of memory')
          : new AgentGone('died', `ended with exit code ${code}`),
      ),
    (error: unknown) => finish(new AgentGone('died', error instanceof Error ? error.message : String(error))),
  );

  send({ type: 'job', nonce, job });
  const tooLate = (): AgentGone => new AgentGone('broken', `was not ready within ${HELLO_MS} ms`);
  const early = await withDeadline<AgentGone | void>(Promise.race([greeted, whenGone]), HELLO_MS, tooLate);
  if (early) {
    finish(early);
    await container.remove();
    throw early.why === 'breach' ? early : new AgentGone('broken', early.message);
  }
  return {
    whenGone,
    gone: () => end,
    countedMs: () => container.countedMs(),
    silentMs: () => (operations > 0 ? 0 : performance.now() - heard),
    request: (request, withinMs) =>
      withDeadline(ask(request), withinMs, () => {
        throw new Error(`the prober did not answer "${request.type}" within ${withinMs} ms`);
      }),
    close,
    abandon: () => void close().catch(() => undefined),
  };

  async function close(): Promise<void> {
    finish(new AgentGone('closed', 'was closed'));
    await container.remove();
  }

  function ask(request: AgentRequest): Promise<DoneResult> {
    if (end) return Promise.reject(end);
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ type: 'request', id, request });
    });
  }
}

/** The message of a line, or what is wrong with it. */
function parseLine(line: string, nonce: string): AgentMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'a line that is not JSON';
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success)
    return `a message of the wrong shape (${parsed.error.issues[0]?.message ?? 'unknown'})`;
  return parsed.data.nonce === nonce ? parsed.data.message : 'a message that does not carry its nonce';
}
