import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Migrator, sql } from 'kysely';
import pg from 'pg';
import { migrate, openStore } from '../../../harness/store/database.js';
import { MIGRATIONS } from '../../../harness/store/migrations/index.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { findScorecard } from '../../../harness/store/scorecards.js';
import { findSubmission } from '../../../harness/store/submissions.js';
import { graded } from '../support/records.js';
import type { TestServices } from '../support/services.js';
import { startServices } from '../support/services.js';

jest.setTimeout(30_000);

let services: TestServices;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

test('what was graded before there were people and reviews is there after the upgrade, with its last run', async () => {
  const admin = new pg.Client({ connectionString: services.databaseUrl });
  await admin.connect();
  await admin.query('create database upgrade');
  await admin.end();
  const url = services.databaseUrl.replace(/\/postgres$/, '/upgrade');
  const store = openStore({ url, connections: 2 });
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateTo('0002-access');
  expect(error).toBeUndefined();
  const { record, scorecard } = graded({ score: 80 });
  await sql`
    insert into submissions (id, assessment_id, assessment_version, assessment_digest, source_kind, source, archive_digest, candidate)
    values ('sub-1', 'sample', '1.0.0', ${'d'.repeat(64)}, 'upload', 'a.zip', ${'a'.repeat(64)}, 'Ada')`.execute(
    store,
  );
  await sql`
    insert into runs (id, submission_id, seed, state, score, finished_at)
    values ('run-1', 'sub-1', 's', 'failed', null, now()), ('run-2', 'sub-1', 's', 'done', 80, now())`.execute(
    store,
  );
  await sql`
    insert into scorecards (run_id, record, scorecard)
    values ('run-2', ${JSON.stringify(record)}, ${JSON.stringify(scorecard)})`.execute(store);

  await migrate(store);

  const found = await findSubmission(store, DEFAULT_ORGANISATION, 'sub-1');
  expect(found).toMatchObject({
    submission: { candidate: 'Ada', invite_id: null },
    run: { id: 'run-2', state: 'done', score: 80, judged_by: 'd'.repeat(64) },
    decision: null,
  });
  expect((await findScorecard(store, DEFAULT_ORGANISATION, 'run-2'))?.overall.score).toBe(80);
  await store.destroy();
});
