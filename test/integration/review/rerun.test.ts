import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { succeed } from '../../../harness/cli/client/patience.js';
import { openApiClient } from '../../../harness/cli/client/openapi-client.js';
import type { RunWorker } from '../../../harness/queue/worker.js';
import type { TestServer } from '../support/server.js';
import { startTestServer, startTestWorker } from '../support/server.js';
import { until } from '../support/until.js';
import { measured } from './support.js';

jest.setTimeout(60_000);

let server: TestServer;
let worker: RunWorker;
/** What comes of check `b` from now on. */
let outcome: 'pass' | 'fail' = 'fail';
const graded: string[] = [];

beforeAll(async () => {
  server = await startTestServer();
  worker = await startTestWorker(server, async ({ run, candidate }) => {
    graded.push(run);
    return measured(outcome, { candidate });
  });
});
afterAll(async () => {
  await worker?.stop();
  await server?.close();
});

test('checks have changed: submissions run again by the queue, are compared, and count once that is promoted', async () => {
  const api = openApiClient(server);
  const submit = async (candidate: string): Promise<string> => {
    const body = { assessment: 'pack-basic', candidate, gitUrl: `https://git.example.org/${candidate}.git` };
    return (await succeed(api.POST('/api/v1/submissions', { body }))).id;
  };
  const look = (id: string) => succeed(api.GET('/api/v1/submissions/{id}', { params: { path: { id } } }));
  const ids = [await submit('ada'), await submit('grace')];
  const before = await Promise.all(
    ids.map((id) =>
      until(async () => {
        const { run } = await look(id);
        return run.state === 'done' && run;
      }),
    ),
  );
  expect(before.map(({ score }) => score)).toEqual([66.7, 66.7]);

  outcome = 'pass';
  const body = { kind: 'rerun', assessment: 'pack-basic', reason: 'Check b was unfair.' } as const;
  const { id: regrade } = await succeed(api.POST('/api/v1/regrades', { body }));
  const path = { id: regrade };
  const ready = await until(async () => {
    const now = await succeed(api.GET('/api/v1/regrades/{id}', { params: { path } }));
    return now.state === 'ready' && now;
  });
  expect(ready.counts).toMatchObject({ ready: 2, up: 2, failed: 0 });
  const { items } = await succeed(api.GET('/api/v1/regrades/{id}/items', { params: { path } }));
  expect(items[0]?.difference).toMatchObject({
    ...{ before: 66.7, after: 100, crosses: 'up' },
    causes: [{ check: 'b', kind: 'outcome' }],
  });
  // A dry run so far: the new run can be looked at, and what counts is what counted.
  const scoreOf = async (id: string, run: string): Promise<number | null> => {
    const at = { params: { path: { id, run } } };
    const card = await succeed(api.GET('/api/v1/submissions/{id}/attempts/{run}/scorecard.json', at));
    return card.overall.score;
  };
  const [{ submission: first = '', run: next = null } = {}] = items;
  expect(await scoreOf(first, next ?? '')).toBe(100);
  expect((await look(ids[0] ?? '')).run.id).toBe(before[0]?.id);

  const promotion = { params: { path }, body: { reason: 'Agreed in the team.' } };
  await succeed(api.POST('/api/v1/regrades/{id}/promote', promotion));
  for (const [index, id] of ids.entries()) {
    const run = await until(async () => {
      const { run: now } = await look(id);
      return now.id !== before[index]?.id && now;
    });
    expect(run).toMatchObject({ state: 'done', score: 100 });
    expect(await scoreOf(id, before[index]?.id ?? '')).toBe(66.7);
    await expect(scoreOf(id, before[1 - index]?.id ?? '')).rejects.toThrow('no attempt');
    expect(graded).toContain(run.id);
  }
  expect(graded).toHaveLength(4);
});
