import type {
  LogLine,
  ServiceControl,
  ServiceExit,
  ServiceFigures,
} from '../../../../assessments/kit/index.js';
import type { Channel } from '../channel.js';

/** An engine call takes milliseconds; a start of a slow service most of a minute. */
const ENGINE_MS = 20_000;
const START_MS = 150_000;

/** The service's controls as a check sees them: each is a question to the worker. */
export function createControl(channel: Channel, env: Readonly<Record<string, string>>): ServiceControl {
  return {
    env,
    running: () => channel.ask<boolean>({ op: 'running' }, ENGINE_MS),
    signal: (name) => channel.ask({ op: 'signal', name }, ENGINE_MS),
    exited: (timeoutMs) =>
      channel.ask<ServiceExit | null>({ op: 'exited', timeoutMs }, timeoutMs + ENGINE_MS),
    restart: ({ how = 'SIGKILL', emptyData = false, env: over = {} } = {}) =>
      channel.ask({ op: 'restart', how, emptyData, env: over }, START_MS),
    pause: () => channel.ask({ op: 'pause' }, ENGINE_MS),
    unpause: () => channel.ask({ op: 'unpause' }, ENGINE_MS),
    logs: () => channel.ask<readonly LogLine[]>({ op: 'logs' }, ENGINE_MS),
    figures: () => channel.ask<ServiceFigures>({ op: 'figures' }, ENGINE_MS),
  };
}
