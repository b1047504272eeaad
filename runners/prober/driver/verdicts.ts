import type { Verdict } from '../../../assessments/kit/index.js';
import { tailText } from '../../../assessments/kit/contracts/text.js';
import type { ContainerExit } from '../../sandbox/types.js';
import type { Address, Found } from '../protocol.js';
import type { Note } from '../types.js';

/** What a failed start says, in the words of the scorecard. All of these are the submission's doing. */

type Failure = Pick<Verdict, 'code' | 'message'>;

export function exitedEarly(exit: ContainerExit, memoryMb: number): Failure {
  if (exit.oomKilled) {
    return {
      code: 'outOfMemory',
      message: `The service used more than its ${memoryMb} MiB of memory while starting and was killed. Look for what it loads at start.`,
    };
  }
  const how = exit.code === 0 ? 'ended by itself (exit code 0)' : `ended with exit code ${exit.code}`;
  return {
    code: 'exited',
    message: `The service ${how} before it answered. Start it in the foreground and see its log for the reason.`,
  };
}

export function neverReady(listening: readonly Address[], toldPort: number, seconds: number): Failure {
  const where = listening.map(({ host, port }) =>
    host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
  );
  const message =
    where.length === 0
      ? `The service listened on no port within ${seconds} s. It must serve HTTP on the port in the variable PORT (${toldPort}).`
      : `The service listened on ${where.join(', ')} but answered no HTTP request within ${seconds} s.`;
  return { code: 'neverReady', message };
}

export function tooMuchOutput(bytes: number): Failure {
  const mib = Math.round(bytes / 2 ** 20);
  return {
    code: 'outputLimit',
    message: `The service wrote ${mib} MiB of output while starting and was stopped. Look for a loop that logs.`,
  };
}

export function toVerdict(failure: Failure, log: string): Verdict {
  return { ...failure, stage: 'boot', logTail: tailText(log) };
}

/** Remarks on where a service listens: worth no points, but it would fail elsewhere. */
export function addressNotes(found: Found, toldPort: number): Note[] {
  const { at } = found;
  if (!at) return [];
  const notes: Note[] = [];
  if (!found.ready) {
    notes.push({
      code: 'neverSaidReady',
      message:
        'The service still said that it was not ready (503) when its time to start was over; it was graded as it was.',
    });
  }
  if (at.port !== toldPort) {
    notes.push({
      code: 'listenedElsewhere',
      message: `Told to listen on port ${toldPort}, the service was found on ${at.port} and graded there.`,
    });
  }
  const bound = found.listening.filter(({ port }) => port === at.port).map(({ host }) => host);
  if (bound.every((host) => host === '::1')) {
    notes.push({
      code: 'listensOnlyOnIpv6Loopback',
      message: 'The service listens on ::1 only; from outside its container nobody could reach it.',
    });
  } else if (bound.every((host) => host === '::1' || host.startsWith('127.'))) {
    notes.push({
      code: 'listensOnlyOnLoopback',
      message: `The service listens on ${bound.join(' and ')} only; from outside its container nobody could reach it.`,
    });
  }
  return notes;
}
