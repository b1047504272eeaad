import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { takeIn } from '../../../harness/intake/index.js';
import { tarGz } from '../support/archive.js';
import { read } from '../support/pages.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';
import { gradedSubmission } from './support.js';

jest.setTimeout(60_000);

const SENIOR = join(process.cwd(), 'assessments/webhook-receiver/solutions/senior/src');
let server: TestServer;
let manager: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  manager = await signedIn(server, 'manager');
});
afterAll(() => server.close());

/** A folder, as it is or with other names in it, as an archive of the server. */
async function stored(rename: (text: string) => string): Promise<string> {
  const paths = readdirSync(SENIOR, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.[jt]s$/.test(path),
  );
  const files = paths.map(
    (path) => [`src/${path}`, rename(readFileSync(join(SENIOR, path), 'utf8'))] as const,
  );
  const stream = Readable.from([await tarGz({ 'package.json': '{}', ...Object.fromEntries(files) })]);
  const taken = await takeIn(
    { kind: 'archiveStream', stream },
    { blobsDir: join(dirname(server.tokenFile), 'blobs') },
  );
  if (!taken.ok) throw new Error(taken.verdict.message);
  return taken.value.digest;
}

test('similar code is found by the server, shown side by side, and costs nothing', async () => {
  const assessment = { id: 'pack-basic', version: '1.0.0', digest: 'd'.repeat(64) };
  const submit = async (candidate: string, rename: (text: string) => string): Promise<string> => {
    const archiveDigest = await stored(rename);
    return (await gradedSubmission(server.store, 'fail', { archiveDigest, candidate, assessment })).id;
  };
  const one = await submit('Ada', (text) => text);
  const other = await submit('Bob', (text) => text.replace(/\bconst (\w)/g, 'let renamed$1'));
  const again = await submit('Ada', (text) => `// better\n${text}`);
  const found = await until(async () => {
    const { items } = (await (await manager.api('GET', `/api/v1/submissions/${one}/similarity`)).json()) as {
      items: { submission: string; share: number }[];
    };
    return items.length > 0 && items;
  }, 30_000);
  expect(found.map(({ submission }) => submission)).toEqual([other]);
  expect(found.map(({ submission }) => submission)).not.toContain(again);
  expect(await read(manager, `/submissions/${one}/review`)).toContain(
    `/submissions/${one}/similarity/${other}`,
  );
  const page = await read(manager, `/submissions/${one}/similarity/${other}`);
  expect(page).toMatch(/src\/[\w/.-]+:\d+–\d+/);
  const { rows } = await sql<{
    score: number;
  }>`select score from runs where submission_id = ${one}`.execute(server.store);
  expect(rows).toEqual([{ score: 66.7 }]);
});
