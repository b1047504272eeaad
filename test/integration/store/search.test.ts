import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../../../harness/store/database.js';
import { DEFAULT_ORGANISATION as ORG } from '../../../harness/store/organisations.js';
import type { Search } from '../../../harness/store/search.js';
import { countStates, searchSubmissions, SORTS } from '../../../harness/store/search.js';
import { standingOf } from '../../../harness/store/standing.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { newSubmission } from '../support/records.js';
import type { TestServices } from '../support/services.js';
import { freshDatabase, startServices } from '../support/services.js';

jest.setTimeout(30_000);

let services: TestServices;
let store: Store;
/** Ids in the order in which they came. */
const ids: string[] = [];
const PEOPLE: readonly (readonly [string | null, number | null])[] = [
  ['Ada', 50],
  ['bob', null],
  [null, 90.5],
  ['Cy_d', 50],
  ['ada', 12.25],
  [null, null],
  ['100%', 50],
];

beforeAll(async () => {
  services = await startServices();
  ({ store } = await freshDatabase(services));
  for (const [candidate, score] of PEOPLE) {
    const accepted = await acceptSubmission(store, ORG, { ...newSubmission(), candidate }, null);
    if (accepted.kind === 'keyReused') throw new Error('no key was used');
    const { submission, run } = accepted.view;
    ids.push(submission.id);
    await sql`update runs set score = ${score} where id = ${run.id}`.execute(store);
  }
});
afterAll(async () => {
  await store.destroy();
  await services.close();
});

/** Positions of what is found, page by page. */
async function found(search: Partial<Search>, limit = 3): Promise<number[][]> {
  const pages: number[][] = [];
  let after: string | undefined;
  do {
    const page = await searchSubmissions(store, ORG, { sort: 'newest', ...search, after, limit });
    pages.push(page.items.map(({ submission }) => ids.indexOf(submission.id)));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return pages;
}

test.each([
  ['newest', [[6, 5, 4], [3, 2, 1], [0]]],
  ['oldest', [[0, 1, 2], [3, 4, 5], [6]]],
  ['highest', [[2, 6, 3], [0, 4, 5], [1]]],
  ['lowest', [[4, 6, 3], [0, 2, 5], [1]]],
  ['name', [[6, 4, 0], [1, 3, 5], [2]]],
] as const)('pages in order: %s', async (sort, pages) => {
  expect(await found({ sort })).toEqual(pages);
});

test('nothing is left out or told twice, however small the pages are', async () => {
  for (const sort of SORTS) {
    const all = (await found({ sort }, 1)).flat();
    expect([...all].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
});

test('where a total stands counts what is graded, of this version and organisation', async () => {
  const version = { id: 'sample', version: '1.0.0' };
  expect((await standingOf(store, ORG, version, [50])).graded).toBe(0);
  await store.transaction().execute(async (tx) => {
    await sql`update runs set state = 'done', finished_at = now() where score is not null`.execute(tx);
    const { graded, lower } = await standingOf(tx, ORG, version, [50, 90.5, 12.25]);
    expect([graded, [...lower]]).toEqual([
      5,
      [
        [50, 1],
        [90.5, 4],
        [12.25, 0],
      ],
    ]);
    expect((await standingOf(tx, ORG, { ...version, version: '2' }, [50])).graded).toBe(0);
    expect((await standingOf(tx, 'org-other', version, [50])).graded).toBe(0);
    await sql`update runs set state = 'queued', finished_at = null`.execute(tx);
  });
});

test('words are looked for as they are, in upper and lower case', async () => {
  expect((await found({ words: 'ADA' })).flat()).toEqual([4, 0]);
  expect((await found({ words: '_' })).flat()).toEqual([3]);
  expect((await found({ words: '%' })).flat()).toEqual([6]);
  expect((await found({ words: ids[2] as string })).flat()).toEqual([2]);
  expect((await found({ words: "'; drop table runs; --" })).flat()).toEqual([]);
});

test('a place that is none of ours is the beginning', async () => {
  for (const after of [
    'x',
    '',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('[{},1]').toString('base64url'),
  ]) {
    const page = await searchSubmissions(store, ORG, { sort: 'highest', after, limit: 1 });
    expect(page.items.map(({ submission }) => ids.indexOf(submission.id))).toEqual([2]);
  }
});

test('states are counted whatever state is looked at, and for this organisation alone', async () => {
  expect(await countStates(store, ORG, {})).toEqual({ queued: PEOPLE.length });
  expect(await countStates(store, ORG, { words: 'ada' })).toEqual({ queued: 2 });
  expect(await countStates(store, 'org-of-others', {})).toEqual({});
});

test('a hidden name is neither found nor sorted by', async () => {
  await sql`update organisations set blind_review = true where id = ${ORG}`.execute(store);
  expect((await found({ words: 'ada' })).flat()).toEqual([]);
  expect((await found({ words: 'sample.tar' })).flat()).toEqual([]);
  expect((await found({ sort: 'name' }, 9)).flat()).toEqual([6, 5, 4, 3, 2, 1, 0]);
});
