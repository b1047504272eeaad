import { afterEach, describe, expect, test } from '@jest/globals';
import { openLoads } from '../../../runners/prober/agent/load.js';
import type { Session } from '../../../runners/prober/agent/session.js';
import { mask, serveHttp, type Served } from './support.js';

const open: Served[] = [];
afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

/** What a pack's `reconcile`, as source, comes to, of a service that answers everything with that text. */
async function reconciled(reconcile: string, answer = '{}'): Promise<string | null> {
  const served = await serveHttp((_, response) => void response.end(answer));
  open.push(served);
  const { at } = served;
  const profile = `{ requests: () => [{ method: 'GET', path: '/' }], reconcile: ${reconcile} }`;
  const session: Session = {
    job: {
      ...{ seed: 's', env: {}, secrets: [], stubs: {}, readyPath: '/', toldPort: at.port, cpus: 1 },
      files: { 'a.load.cjs': `module.exports.default = ${profile};` },
    },
    channel: { send: () => undefined, ask: () => Promise.reject(new Error('not asked')) },
    mask,
    stubs: {},
    address: () => at,
    moveTo: () => undefined,
  };
  return (await openLoads(session, 'a.load.cjs')).reconcile();
}

describe('what a service has kept of a load', () => {
  test('is as the pack says', async () => {
    expect(await reconciled('async () => null')).toBeNull();
    expect(await reconciled('async () => "Two are lost."')).toBe('Two are lost.');
    expect(await reconciled('undefined')).toBeNull();
  });

  test('is the service’s fault where the pack stumbles over its answer', async () => {
    const stumbling = 'async ({ get }) => { for (const { id } of JSON.parse((await get("/")).text)) id; }';
    expect(await reconciled(stumbling, '[null]')).toMatch(/^After the load, .*null/);
  });

  test('is told in a few words, however much the pack says', async () => {
    expect((await reconciled('async () => "x".repeat(5000)'))?.length).toBeLessThan(1000);
    expect((await reconciled('async () => { throw new Error("x".repeat(5000)) }'))?.length).toBeLessThan(
      1000,
    );
  });

  test('is not the service’s fault where it is ours', async () => {
    const ours = 'async () => { throw Object.assign(new Error("gone"), { kind: "harness", details: {} }) }';
    await expect(reconciled(ours)).rejects.toThrow('gone');
  });
});
