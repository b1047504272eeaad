import { ServiceError, type LogLine, type Verdict } from '../../../assessments/kit/index.js';
import type { ControlOperation, ControlReply } from '../protocol.js';
import type { Note } from '../types.js';
import { revivals, type FoundDead } from './deaths.js';
import type { Service, StartOptions } from './service.js';

/** What a check may read of a log: the newest lines up to this many characters. */
const MAX_LOG_CHARS = 1024 * 1024;
const MAX_LOG_LINE = 4000;
/** What a line takes on its way beside its text: a log may be of empty lines. */
const LINE_CHARS = 32;
/** The engine tells of an end a little after the connections have gone. */
const LAST_BREATH_MS = 500;
/** Of one start. As much as is read at once, so that a flood is told of however soon the checks are over. */
const MUCH_OUTPUT_BYTES = 16 * 2 ** 20;
const MUCH_OUTPUT: Note = {
  code: 'muchOutput',
  message: `The service wrote more than ${MUCH_OUTPUT_BYTES / 2 ** 20} MiB of output while it was checked.`,
};
const USUAL: StartOptions = { emptyData: false, env: {} };

/** Carries out what checks ask for. */
export interface Control {
  carryOut(operation: ControlOperation): Promise<ControlReply>;
  /** With the service down, does `between`, then starts the service as at first. */
  renew(between: () => Promise<void>): Promise<void>;
  /** What is worth saying on the scorecard, so far. */
  notes(): readonly Note[];
}

export function createControl(service: Service): Control {
  const dead: FoundDead[] = [];
  const hung: string[] = [];
  let isTalkative = false;
  /** Why it can no longer be started; then nobody waits for it again. */
  let down: Verdict | null = null;
  let starting: Promise<unknown> = Promise.resolve();

  /** Starts follow one another: a check that ran out of time may have left one under way. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = starting.then(work);
    starting = turn.catch(() => undefined);
    return turn;
  }

  async function start(options: StartOptions): Promise<void> {
    const started = await service.start(options);
    if (!started.ok) throw new ServiceError(`the service did not come back: ${started.verdict.message}`);
  }

  /** On its data if it can, else on empty data. */
  async function bringBack(options: StartOptions): Promise<void> {
    if (!down) {
      const first = await service.start(options);
      if (first.ok) return;
      const second = await service.start({ ...USUAL, emptyData: true });
      if (second.ok) return;
      down = second.verdict;
    }
    throw new ServiceError(`the service is down and could not be started again: ${down.message}`);
  }

  async function prepare(checkId: string, fresh: boolean): Promise<void> {
    noteOutput();
    if (!service.running) noteDeath(checkId);
    if (fresh) return bringBack({ ...USUAL, emptyData: true });
    if (!service.running || service.altered) return bringBack(USUAL);
    if (service.paused) await service.unpause();
  }

  async function revive(checkId: string): Promise<void> {
    if (await service.exited(LAST_BREATH_MS)) noteDeath(checkId);
    else hung.push(checkId);
    return bringBack(USUAL);
  }

  function noteDeath(checkId: string): void {
    const exit = service.unexpectedExit;
    if (exit) dead.push({ exit, checkId });
  }

  function noteOutput(): void {
    isTalkative ||= (service.container?.outputBytes() ?? 0) >= MUCH_OUTPUT_BYTES;
  }

  async function perform(operation: ControlOperation): Promise<unknown> {
    switch (operation.op) {
      case 'prepare':
        return inTurn(() => prepare(operation.checkId, operation.fresh));
      case 'revive':
        return inTurn(() => revive(operation.checkId));
      case 'restart':
        return inTurn(async () => {
          if (operation.how === 'SIGTERM') await service.endPolitely();
          await start({ emptyData: operation.emptyData, env: operation.env });
        });
      case 'running':
        return service.running;
      case 'signal':
        return service.signal(operation.name);
      case 'exited':
        return service.exited(operation.timeoutMs);
      case 'pause':
        return service.pause();
      case 'unpause':
        return service.unpause();
      case 'logs':
        return newest(service.container?.logs() ?? []);
      case 'figures':
        if (!service.container || !service.running)
          throw new ServiceError('the service does not run, so it has no figures');
        return service.container.figures();
    }
  }

  return {
    notes: () => [...revivals(dead, hung), ...(isTalkative ? [MUCH_OUTPUT] : [])],
    renew: (between) =>
      inTurn(async () => {
        await service.stop();
        await between();
        await bringBack({ ...USUAL, emptyData: true });
      }),
    async carryOut(operation) {
      try {
        return { ok: true, value: (await perform(operation)) ?? null };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { ok: false, fault: error instanceof ServiceError ? 'service' : 'harness', message };
      }
    },
  };
}

function newest(lines: readonly LogLine[]): LogLine[] {
  let chars = 0;
  const kept: LogLine[] = [];
  for (const { stream, text } of lines.toReversed()) {
    chars += LINE_CHARS + Math.min(text.length, MAX_LOG_LINE);
    if (chars > MAX_LOG_CHARS) break;
    kept.push({ stream, text: text.slice(0, MAX_LOG_LINE) });
  }
  return kept.reverse();
}
