import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from './engine/engine.js';
import type { CgroupFolders } from './figures/cgroup-layout.js';
import { SandboxError } from './types.js';

/** Stops all processes of one container, and lets them go on. Both throw SandboxError when the container has ended. */
export interface Freezer {
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** Processes that keep multiplying never all come to rest; whoever has been given this time has had his chance. */
const PATIENCE_MS = 1_000;
/** How often a runtime that gave up is asked again. */
const ENGINE_TRIES = 10;

/** What a version of control groups calls it. */
interface Words {
  readonly order: string;
  readonly freeze: string;
  readonly thaw: string;
  readonly isFrozen: (folder: string) => boolean;
}

const WORDS: Readonly<Record<CgroupFolders['version'], Words>> = {
  v1: {
    order: 'freezer.state',
    freeze: 'FROZEN',
    thaw: 'THAWED',
    isFrozen: (folder) => readFileSync(join(folder, 'freezer.state'), 'utf8').trim() === 'FROZEN',
  },
  v2: {
    order: 'cgroup.freeze',
    freeze: '1',
    thaw: '0',
    isFrozen: (folder) => /^frozen 1$/m.test(readFileSync(join(folder, 'cgroup.events'), 'utf8')),
  },
};

/**
 * Writes the kernel's own file, in a tenth of a millisecond: the engine starts a program for it, which takes fifteen and a processor
 * of those that are being measured. Null where this process may not write there.
 */
export function cgroupFreezer({ version, freezer }: CgroupFolders): Freezer | null {
  const { order, freeze, thaw, isFrozen } = WORDS[version];
  if (freezer === null || !isWritable(join(freezer, order))) return null;
  const say = (word: string): void => writeFileSync(join(freezer, order), word);
  return {
    freeze: () =>
      told('freeze', async () => {
        const until = performance.now() + PATIENCE_MS;
        // Version 1 forgets tasks that are born meanwhile unless told again.
        for (say(freeze); !isFrozen(freezer); say(freeze)) {
          if (performance.now() > until) {
            say(thaw);
            throw new Error('not all of its processes came to rest');
          }
          await delay(1);
        }
      }),
    thaw: () => told('thaw', async () => say(thaw)),
  };
}

/** For an engine elsewhere, and for a worker that may not write where the kernel listens. */
export function engineFreezer(engine: Engine, containerId: string): Freezer {
  const container = engine.docker.getContainer(containerId);
  return {
    async freeze() {
      for (let attempt = 1; ; attempt++) {
        try {
          return await engine.call('pause a container', (abortSignal) => container.pause({ abortSignal }));
        } catch (error) {
          if (attempt === ENGINE_TRIES || !failedToFreeze(error)) throw error;
        }
      }
    },
    thaw: () => engine.call('resume a container', (abortSignal) => container.unpause({ abortSignal })),
  };
}

/** On a busy machine with version 1 control groups the runtime may give up before all tasks have come to rest. */
const failedToFreeze = (error: unknown): boolean =>
  error instanceof SandboxError && error.message.includes('unable to freeze');

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function told(doing: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SandboxError('internal', `A container could not be made to ${doing}: ${reason}.`, { cause });
  }
}
