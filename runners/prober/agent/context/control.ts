import type {
  LogLine,
  ServiceControl,
  ServiceExit,
  ServiceFigures,
} from '../../../../assessments/kit/index.js';
import type { ControlOperation } from '../../protocol.js';
import type { Channel } from '../channel.js';

/** An engine call takes milliseconds; a start of a slow service most of a minute. */
const ENGINE_MS = 20_000;
const START_MS = 300_000;

/** The service's controls as a check sees them: each is a question to the worker. */
export function createControl(
  channel: Channel,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): ServiceControl {
  const ask = async <T>(operation: ControlOperation, withinMs: number): Promise<T> => {
    // A body that goes on after its end must not restart the service under the next check.
    signal.throwIfAborted();
    return channel.ask<T>(operation, withinMs);
  };
  return {
    env,
    running: () => ask<boolean>({ op: 'running' }, ENGINE_MS),
    signal: (name) => ask({ op: 'signal', name }, ENGINE_MS),
    exited: (timeoutMs) => ask<ServiceExit | null>({ op: 'exited', timeoutMs }, timeoutMs + ENGINE_MS),
    restart: ({ how = 'SIGKILL', emptyData = false, env: over = {} } = {}) =>
      ask({ op: 'restart', how, emptyData, env: over }, START_MS),
    pause: () => ask({ op: 'pause' }, ENGINE_MS),
    unpause: () => ask({ op: 'unpause' }, ENGINE_MS),
    logs: () => ask<readonly LogLine[]>({ op: 'logs' }, ENGINE_MS),
    figures: () => ask<ServiceFigures>({ op: 'figures' }, ENGINE_MS),
  };
}
