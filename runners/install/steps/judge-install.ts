import { SandboxError } from '../../sandbox/types.js';
import { isObject } from '../plan/manifest.js';
import { RegistryFault } from '../registry/fault.js';
import type { Note, Outcome, RegistrySession } from '../types.js';
import { stopped } from '../verdicts.js';
import type { Attempt } from './commands.js';
import { INSTALL_LIMITS } from './limits.js';
import type { StepEnd } from './run.js';
import { EXIT } from './scripts.js';

/** What became of one attempt. */
export type Judged =
  | { readonly kind: 'installed'; readonly fromCache: boolean; readonly notes: readonly Note[] }
  | { readonly kind: 'needsCompiler' }
  | { readonly kind: 'stopped'; readonly outcome: Outcome<never> }
  | { readonly kind: 'managerFailed'; readonly log: string };

/** An install that is too large asks to its end as well: it is the registry's fault only if one answer takes as long as no other. */
const SLOW_ANSWER_MS = 10_000;

/** Throws when the fault is ours or the registry's. */
export function judgeAttempt(
  { exit, log, logTail }: StepEnd,
  registry: RegistrySession,
  { note }: Attempt,
  seconds: number,
): Judged {
  if (exit === null) {
    if (registry.waitingMs() > SLOW_ANSWER_MS) throw registryFault('it had not answered by the deadline');
    const message = `Installing took longer than ${seconds} seconds. Remove dependencies that the service does not need.`;
    return { kind: 'stopped', outcome: stopped('timedOut', message, logTail) };
  }
  if (exit.oomKilled) {
    const message = `Installing needed more than ${INSTALL_LIMITS.memoryMb} MiB of memory. Remove dependencies that the service does not need.`;
    return { kind: 'stopped', outcome: stopped('outOfMemory', message, logTail) };
  }
  switch (exit.code) {
    case EXIT.done:
      return { kind: 'installed', fromCache: false, notes: note === null ? [] : [note] };
    case EXIT.cached:
      return { kind: 'installed', fromCache: true, notes: notesIn(log) };
    case EXIT.needsCompiler:
      return { kind: 'needsCompiler' };
    case EXIT.managerFailed: {
      const fault = registry.faults()[0];
      if (fault !== undefined) throw registryFault(fault);
      return { kind: 'managerFailed', log };
    }
    default:
      throw unexpected('install', exit.code, logTail);
  }
}

/** Null when everything was compiled. However it ended otherwise, code of the packages ran there and may have ended it so. */
export function judgeCompile({ exit, logTail }: StepEnd, nodeMajor: number): Outcome<never> | null {
  if (exit?.code === EXIT.done && !exit.oomKilled) return null;
  if (exit === null) {
    const message = `Compiling native modules took longer than ${INSTALL_LIMITS.compileSeconds} seconds. Use modules that bring their binaries.`;
    return stopped('timedOut', message, logTail);
  }
  return stopped(
    'installFailed',
    `A native module could not be compiled for Node ${nodeMajor}. Use a version of it that supports this Node, or one that brings its binary.`,
    logTail,
  );
}

/** Null when what was compiled is in the cache; a disk that is full is no fault of the packages. */
export function judgePublish({ exit, logTail }: StepEnd): Outcome<never> | null {
  if (exit?.code === EXIT.done) return null;
  if (exit?.code === EXIT.notPublished) throw unexpected('publish', exit.code, logTail);
  const message =
    'What compiling the native modules left behind is too large or cannot be read. Use modules that bring their binaries.';
  return stopped('installFailed', message, logTail);
}

/** A step of ours that runs nothing of the candidate's ended as it never should. */
export function unexpected(step: string, code: number, logTail: string): SandboxError {
  if (/No space left on device/i.test(logTail)) {
    return new SandboxError('diskFull', 'The disk of the container engine is full. Free some space there.');
  }
  return new SandboxError('internal', `The step "${step}" ended with code ${code}: ${logTail.slice(-500)}`);
}

const registryFault = (reason: string): RegistryFault =>
  new RegistryFault(`The package registry failed us: ${reason}. Check that the worker can reach it.`);

function notesIn(log: string): readonly Note[] {
  const start = log.indexOf('[');
  if (start === -1) return [];
  const value: unknown = JSON.parse(log.slice(start));
  return Array.isArray(value)
    ? value.filter((note): note is Note => isObject(note) && typeof note['message'] === 'string')
    : [];
}
