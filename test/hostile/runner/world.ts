import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

/** What must stay as it is on this host while strangers' code runs here. */
export interface World {
  /** A folder of our own for material; removed at the end. */
  readonly scratch: string;
  readonly canary: string;
  /** The canary's text: it must appear in nothing that we make. */
  readonly secret: string;
  readonly tripwire: string;
  /** What changed since the start; one sentence each. */
  changes(): Promise<string[]>;
  close(): Promise<void>;
}

/** Named in URLs of the corpus too, so it is the same everywhere. */
const TRIPWIRE = '/tmp/assayer-hostile-tripwire';

/** Lays a canary file, and opens a port on every address of this host that nobody has reason to call. */
export async function openWorld(): Promise<World> {
  const scratch = await mkdtemp(join(tmpdir(), 'assayer-hostile-'));
  const canary = join(scratch, 'canary.txt');
  const secret = `canary-of-the-host-${randomBytes(12).toString('hex')}`;
  await rm(TRIPWIRE, { force: true });
  await writeFile(canary, `${secret}\n`, { mode: 0o644 });
  const before = await stat(canary);
  let callers = 0;
  const server = createServer((socket) => {
    callers += 1;
    socket.destroy();
  });
  const port = await listening(server);

  return {
    scratch,
    canary,
    secret,
    tripwire: TRIPWIRE,
    async changes() {
      const now = await stat(canary).catch(() => null);
      const text = await readFile(canary, 'utf8').catch(() => '');
      return [
        ...(now === null || text !== `${secret}\n` ? ['the canary file on the host was changed'] : []),
        ...(now !== null && (now.mtimeMs !== before.mtimeMs || now.mode !== before.mode)
          ? ['the canary file on the host was touched']
          : []),
        ...(existsSync(TRIPWIRE) ? ['something ran on the host: the tripwire exists'] : []),
        ...(callers > 0 ? [`something called port ${port} of the host ${callers} times`] : []),
      ];
    },
    async close() {
      server.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, () => resolve((server.address() as AddressInfo).port));
  });
}
