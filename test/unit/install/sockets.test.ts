import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketFolder } from '../../../runners/install/registry/sockets.js';

type Folder = Awaited<ReturnType<typeof socketFolder>>;

let root: string;
const servers: Server[] = [];
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'assayer-test-'))));
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(root, { recursive: true, force: true });
});

async function listen(path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  await once(server.listen(path), 'listening');
  return server;
}

/** Leaves a socket that nobody listens on, as a program does that was killed a while ago. */
async function killedAt(path: string, secondsAgo = 3600): Promise<void> {
  const server = await listen(join(root, 'first'));
  await rename(join(root, 'first'), path);
  await once(server.close(), 'close');
  await age(path, secondsAgo);
}

const age = (path: string, seconds: number): Promise<void> =>
  utimes(path, new Date(), Date.now() / 1000 - seconds);

test('folders of killed registries go, those of living ones and of others stay', async () => {
  const folders = [];
  for (let i = 0; i < 4; i++) folders.push(await socketFolder(root));
  const [dead, living, binding, starting] = folders as [Folder, Folder, Folder, Folder];
  await killedAt(dead.socket);
  await listen(living.socket);
  await age(living.socket, 3600);
  await killedAt(binding.socket, 1);
  const stranger = join(root, 'something-else');
  await mkdir(stranger);
  await killedAt(join(stranger, 'http'));
  const mine = await socketFolder(root);
  expect(existsSync(dead.dir)).toBe(false);
  for (const dir of [living.dir, binding.dir, starting.dir, stranger, mine.dir])
    expect(existsSync(dir)).toBe(true);
  expect(mine.socket.startsWith(mine.dir)).toBe(true);
});
