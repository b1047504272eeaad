import { ServiceError, type Verdict } from '../../../assessments/kit/index.js';
import type { ControlOperation, ControlReply } from '../protocol.js';
import type { Note } from '../types.js';
import type { Service, StartOptions } from './service.js';

const MAX_LOG_LINES = 5000;
const MAX_LOG_LINE = 4000;
const USUAL: StartOptions = { emptyData: false, env: {} };

/** Carries out what checks ask for. */
export interface Control {
  carryOut(operation: ControlOperation): Promise<ControlReply>;
  /** A new start after which the service is as at first, such as for a new prober. */
  renew(): Promise<void>;
}

/** @param note receives what is worth saying on the scorecard */
export function createControl(service: Service, note: (note: Note) => void): Control {
  /** Why it can no longer be started; then nobody waits for it again. */
  let down: Verdict | null = null;

  async function start(options: StartOptions): Promise<void> {
    const started = await service.start(options);
    if (!started.ok) throw new ServiceError(`the service did not come back: ${started.verdict.message}`);
    down = null;
  }

  /** As usual, on its data if it can, else on empty data. */
  async function bringBack(options: StartOptions): Promise<void> {
    if (down) throw new ServiceError(`the service is down and could not be started again: ${down.message}`);
    const first = await service.start(options);
    if (first.ok) return;
    const second = await service.start({ ...USUAL, emptyData: true });
    if (second.ok) return;
    down = second.verdict;
    throw new ServiceError(`the service is down and could not be started again: ${down.message}`);
  }

  async function prepare(checkId: string, fresh: boolean): Promise<void> {
    if (fresh) return bringBack({ ...USUAL, emptyData: true });
    if (!service.running) {
      const exit = service.unexpectedExit;
      if (exit) {
        const how = exit.oomKilled ? 'out of memory' : `exit code ${exit.code}`;
        note({
          code: 'serviceDied',
          message: `The service had ended by itself (${how}) before the check "${checkId}" and was started again.`,
        });
      }
      return bringBack(USUAL);
    }
    if (service.altered) return bringBack(USUAL);
    if (service.paused) await service.unpause();
  }

  async function perform(operation: ControlOperation): Promise<unknown> {
    switch (operation.op) {
      case 'prepare':
        return prepare(operation.checkId, operation.fresh);
      case 'revive':
        note({
          code: 'serviceHung',
          message: `The service no longer answered before the check "${operation.checkId}" and was started again.`,
        });
        return bringBack(USUAL);
      case 'running':
        return service.running;
      case 'signal':
        return service.signal(operation.name);
      case 'exited':
        return service.exited(operation.timeoutMs);
      case 'restart':
        if (operation.how === 'SIGTERM') await service.endPolitely();
        return start({ emptyData: operation.emptyData, env: operation.env });
      case 'pause':
        return service.pause();
      case 'unpause':
        return service.unpause();
      case 'logs':
        return (service.container?.logs() ?? [])
          .slice(-MAX_LOG_LINES)
          .map(({ stream, text }) => ({ stream, text: text.slice(0, MAX_LOG_LINE) }));
      case 'figures': {
        const { container } = service;
        if (!container || !service.running)
          throw new ServiceError('the service is not running, so it has no figures');
        return container.figures();
      }
    }
  }

  return {
    renew: () => bringBack({ ...USUAL, emptyData: true }),
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
