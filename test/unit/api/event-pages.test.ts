import { expect, test } from '@jest/globals';
import { readEventPage } from '../../../harness/api/event-pages.js';
import type { Store } from '../../../harness/store/database.js';

/** As much of a store as reading events asks of it; counts how often it is asked. */
function counting(rows: () => readonly object[]): { store: Store; readings: () => number } {
  let readings = 0;
  const query: Record<string, unknown> = {};
  for (const step of ['select', 'where', 'orderBy', 'limit']) query[step] = () => query;
  query['execute'] = async () => ((readings += 1), rows());
  return { store: { selectFrom: () => query } as unknown as Store, readings: () => readings };
}

const event = (seq: number, type: string): object => ({ seq, at: new Date(0), event: { type } });

test('all who ask in one turn for the same share one reading', async () => {
  const { store, readings } = counting(() => [event(3, 'queued'), event(4, 'finished')]);
  const pages = await Promise.all(Array.from({ length: 200 }, () => readEventPage(store, 'run-1', 2)));
  expect(readings()).toBe(1);
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toMatchObject({ last: 4, over: true });
  expect(pages[0]?.text).toMatch(/^id: 3\nevent: queued\n/);
});

test('who asks for something else, of another store or later has a reading of its own', async () => {
  const one = counting(() => []);
  const other = counting(() => []);
  await Promise.all([readEventPage(one.store, 'run-1', 0), readEventPage(one.store, 'run-2', 0)]);
  await Promise.all([readEventPage(one.store, 'run-1', 0), readEventPage(other.store, 'run-1', 0)]);
  expect([one.readings(), other.readings()]).toEqual([3, 1]);
});

test('who asks while a reading is under way is told of what came since it began', async () => {
  const rows: object[] = [];
  let begun: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (begun = resolve));
  const { store } = counting(() => (begun(), [...rows]));
  const early = readEventPage(store, 'run-1', 0);
  await first;
  rows.push(event(1, 'queued'));
  const late = readEventPage(store, 'run-1', 0);
  expect([(await early).last, (await late).last]).toEqual([null, 1]);
});
