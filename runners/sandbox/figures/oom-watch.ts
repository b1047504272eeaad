import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

/** The kernel tells of changes at most every ten milliseconds, and a group can be gone before that: so its news is read again. */
const READ_AGAIN = { times: 10, everyMs: 2 };

/**
 * Calls `noticed` once, when the kernel has killed a process of this version 2 group for want of memory; the answer ends the watch.
 * systemd removes a group with its last process, often before the engine has read why that process ended.
 */
export function watchForOom(folder: string, noticed: () => void): () => void {
  const file = join(folder, 'memory.events');
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let readsLeft = 0;
  const end = (): void => {
    clearTimeout(timer);
    watcher?.close();
  };
  const read = (): void => {
    timer = undefined;
    const killed = killedIn(file);
    if (killed !== false) end();
    if (killed) noticed();
    else if (killed === false && readsLeft-- > 0) timer = setTimeout(read, READ_AGAIN.everyMs).unref();
  };
  try {
    watcher = watch(file, { persistent: false }, () => {
      readsLeft = READ_AGAIN.times;
      if (timer === undefined) read();
    });
    watcher.on('error', end);
  } catch {
    // It has ended already.
  }
  return end;
}

/** Null when the group is gone. */
function killedIn(file: string): boolean | null {
  try {
    return /^oom_kill [1-9]/m.test(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
