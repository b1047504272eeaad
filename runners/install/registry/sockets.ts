import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'assayer-registry-';
const SOCKET = 'http';
const NEW_MS = 60_000;

/**
 * A new folder for a socket. Not in the state folder, which may lie deep: the path of a socket may have 107 bytes. What is left of
 * programs that were killed together with their parent goes by the way.
 */
export async function socketFolder(root = tmpdir()): Promise<{ dir: string; socket: string }> {
  for (const name of await readdir(root)) {
    const dir = join(root, name);
    if (name.startsWith(PREFIX) && (await isDeserted(join(dir, SOCKET))))
      await rm(dir, { recursive: true, force: true });
  }
  const dir = await mkdtemp(join(root, PREFIX));
  return { dir, socket: join(dir, SOCKET) };
}

/** There is a socket, and nobody listens on it; for a moment that is so of a new one, too. */
async function isDeserted(socket: string): Promise<boolean> {
  const facts = await stat(socket).catch(() => null);
  if (facts === null || Date.now() - facts.mtimeMs < NEW_MS) return false;
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.on('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
  });
}
