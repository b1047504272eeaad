import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine holds the lock of this name.
 * The lock is an abstract Unix socket: the kernel frees it when its holder dies, so none is ever left behind.
 * @template T
 * @param {string} name
 * @param {number} deadlineMs throws when the lock is not free by then
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, deadlineMs, work) {
  const release = await acquire(name, deadlineMs);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * @param {string} name
 * @returns {Promise<(() => Promise<void>) | null>} gives the lock back; null when another process has it
 */
export async function tryLock(name) {
  const held = await tryListen(`\0assayer-${name}`);
  return held && (() => new Promise((resolve) => held.close(() => resolve())));
}

async function acquire(name, deadlineMs) {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const release = await tryLock(name);
    if (release !== null) return release;
    if (performance.now() > deadline) {
      throw new Error(
        `Another Assayer process has held the lock "${name}" for ${deadlineMs / 1000} s. End it and try again.`,
      );
    }
    await sleep(100);
  }
}

const tryListen = (address) =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
