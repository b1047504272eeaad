import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { pack as tarPack } from 'tar-stream';
import type { ServerAddress } from '../cli/client/openapi-client.js';
import { formOf, isUp, openApiClient } from '../cli/client/openapi-client.js';
import { succeed } from '../cli/client/patience.js';
import type { ProgramProcess } from '../cli/demo/processes.js';
import { DEMO_ASSESSMENT, SAMPLES } from '../cli/demo/samples.js';
import { startProgram } from '../cli/demo/processes.js';
import { findServer } from '../cli/client/address.js';
import type { Config } from '../config.js';
import { onPlatform } from './own-platform.js';

const SAMPLE_MS = 200;
const PAGE = 100;
const SUBMISSIONS = '/api/v1/submissions';

/** Highest sum of resident memory of server and worker (and their children but PostgreSQL and Redis) over a small batch, MB. */
export const peakMemory = (
  config: Config,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> =>
  onPlatform(config, say, signal, async ({ processes, submit, heard }) => {
    let peak = 0;
    let watching = true;
    const watch = (async () => {
      while (watching) {
        const sizes = await Promise.all(processes.map(({ pid }) => residentMb(pid)));
        peak = Math.max(
          peak,
          sizes.reduce((sum, size) => sum + size, 0),
        );
        await sleep(SAMPLE_MS);
      }
    })();
    try {
      await Promise.all(SAMPLES.map(async ({ name }) => heard(await submit(name), 'finished')));
      return Math.round(peak);
    } finally {
      watching = false;
      await watch;
    }
  });

/** Submissions accepted a second by a server without a worker, and how many of them a killed and restarted server has not. */
export async function acceptance(
  config: Config,
  count: number,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ perSecond: number; lost: number }> {
  let server = await serve(config);
  try {
    const address = await whenUp(config, server, signal);
    const start = performance.now();
    const accepted = await acceptAll(address, count, signal);
    const perSecond = count / ((performance.now() - start) / 1000);
    say(`${count} accepted, ${perSecond.toFixed(0)} a second; the server is killed now`);
    process.kill(server.pid, 'SIGKILL');
    while (server.exited() === null) await sleep(50);
    server = await serve(config);
    const kept = await queuedIds(await whenUp(config, server, signal));
    return { perSecond, lost: accepted.filter((id) => !kept.has(id)).length };
  } finally {
    await server.stop();
  }
}

const serve = (config: Config): Promise<ProgramProcess> => startProgram(config, 'serve', ['--port', '0']);

async function whenUp(config: Config, server: ProgramProcess, signal: AbortSignal): Promise<ServerAddress> {
  const deadline = performance.now() + 60_000;
  for (; performance.now() < deadline; await sleep(100, undefined, { signal })) {
    const address = await findServer(config).catch(() => null);
    if (address && (await isUp(address))) return address;
    if (server.exited() !== null) break;
  }
  throw new Error(`the server did not come up: ${await server.lastWords()}`);
}

/** Sixteen clients, each submission with content of its own. */
async function acceptAll(address: ServerAddress, count: number, signal: AbortSignal): Promise<string[]> {
  const api = openApiClient(address);
  const ids: string[] = [];
  let left = count;
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const archive = new File([await tinyArchive()], 'tiny.tar');
      const body = { assessment: DEMO_ASSESSMENT, archive };
      const { id } = await succeed(api.POST(SUBMISSIONS, { body, bodySerializer: formOf, signal }));
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  return ids;
}

async function tinyArchive(): Promise<Buffer> {
  const tar = tarPack();
  tar.entry({ name: 'package.json' }, `{"name":"tiny","scripts":{"start":"node ."}}`);
  tar.entry({ name: 'index.js' }, `// ${randomBytes(8).toString('hex')}\n`);
  tar.finalize();
  return buffer(tar);
}

/** Every submission that the server still has in its queue. */
async function queuedIds(address: ServerAddress): Promise<Set<string>> {
  const api = openApiClient(address);
  const ids = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { state: 'queued' as const, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const { items, next } = await succeed(api.GET(SUBMISSIONS, { params: { query } }));
    for (const { id } of items) ids.add(id);
    cursor = next && new URL(next, address.url).searchParams.get('cursor');
  }
  return ids;
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
