import { afterEach, describe, expect, test } from '@jest/globals';
import { findService, type Search } from '../../../runners/prober/agent/find/find.js';
import type { Found } from '../../../runners/prober/protocol.js';
import { serveHttp, serveTcp, type Served } from './support.js';

const open: Served[] = [];
const keep = (served: Served): number => {
  open.push(served);
  return served.at.port;
};
afterEach(() => Promise.all(open.splice(0).map((served) => served.close())));

const healthy = async (): Promise<number> => keep(await serveHttp((_, response) => void response.end('ok')));
const mute = async (): Promise<number> => keep(await serveTcp(() => undefined));

/** What else listens on this machine is declared ours, as stubs are. */
function find(toldPort: number, mine: readonly number[], over: Partial<Search> = {}): Promise<Found> {
  const everyPort = Array.from({ length: 65_536 }, (_, port) => port);
  return findService({
    toldPort,
    readyPath: '/healthz',
    uid: process.getuid?.() ?? 0,
    ours: new Set(everyPort.filter((port) => !mine.includes(port))),
    withinMs: 4000,
    signal: new AbortController().signal,
    ...over,
  });
}

describe('findService', () => {
  test('takes the told port at once, though another answers too', async () => {
    const [told, other] = [await healthy(), await healthy()];
    const start = performance.now();
    const found = await find(told, [told, other]);
    expect(found.at).toEqual({ host: '127.0.0.1', port: told });
    expect(found.listening.map(({ port }) => port).sort()).toEqual([told, other].sort());
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test('takes another port that speaks HTTP, past one that does not', async () => {
    const [silent, other] = [await mute(), await healthy()];
    const found = await find(1, [silent, other], { withinMs: 8000 });
    expect(found.at).toEqual({ host: '127.0.0.1', port: other });
  }, 12_000);

  test('takes whatever answers as ready, at once', async () => {
    const failing = keep(await serveHttp((_, response) => void response.writeHead(500).end()));
    const start = performance.now();
    expect((await find(failing, [failing])).at?.port).toBe(failing);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test('waits for one that says it is not ready, and does not go elsewhere meanwhile', async () => {
    const ready = performance.now() + 2500;
    const status = (): number => (performance.now() < ready ? 503 : 200);
    const warming = keep(await serveHttp((_, response) => void response.writeHead(status()).end()));
    const found = await find(warming, [warming, await healthy()], { withinMs: 10_000 });
    expect(found).toMatchObject({ at: { port: warming }, ready: true });
    expect(performance.now()).toBeGreaterThanOrEqual(ready);
  }, 12_000);

  test('takes one that never becomes ready when time is over', async () => {
    const never = keep(await serveHttp((_, response) => void response.writeHead(503).end()));
    expect(await find(never, [never], { withinMs: 700 })).toMatchObject({
      at: { port: never },
      ready: false,
    });
  });

  test('gives up in time on ports that say nothing, and lists them', async () => {
    const ports = await Promise.all(Array.from({ length: 5 }, mute));
    const start = performance.now();
    const found = await find(ports[0] ?? 0, ports, { withinMs: 400 });
    expect(found.at).toBeNull();
    expect(found.listening).toHaveLength(5);
    expect(performance.now() - start).toBeLessThan(5000);
  }, 12_000);

  test('does not take the sockets of another user', async () => {
    const port = await healthy();
    expect(await find(port, [port], { uid: 4_000_000, withinMs: 100 })).toEqual({
      at: null,
      ready: false,
      listening: [],
    });
  });
});
