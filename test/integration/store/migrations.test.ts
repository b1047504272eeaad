import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Migrator, sql } from 'kysely';
import { hashOf } from '../../../harness/store/secrets.js';
import type { Store } from '../../../harness/store/database.js';
import { migrate } from '../../../harness/store/migrate.js';
import { MIGRATIONS } from '../../../harness/store/migrations/index.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { findSubmission, listSubmissions } from '../../../harness/store/submissions.js';
import { findToken } from '../../../harness/store/tokens.js';
import { graded } from '../support/records.js';
import type { TestServices } from '../support/services.js';
import { emptyDatabase, startServices } from '../support/services.js';

jest.setTimeout(30_000);

/** The last of release 0.1, which knew tokens and runs, and no people. */
const RELEASED = '0002-access';

let services: TestServices;
let store: Store;

beforeAll(async () => {
  services = await startServices();
  ({ store } = await emptyDatabase(services));
});
afterAll(async () => {
  await store?.destroy();
  await services?.close();
});

test('the data of the release before are all there, and belong to the first organisation', async () => {
  const provider = { getMigrations: async () => ({ ...MIGRATIONS }) };
  const { error } = await new Migrator({ db: store, provider }).migrateTo(RELEASED);
  expect(error).toBeUndefined();
  await sql`
    insert into tokens (id, kind, name, hash) values
      ('tok-1', 'api', 'local', ${hashOf('asr_old')}), ('tok-2', 'session', 'local', ${hashOf('asr_cookie')})`.execute(
    store,
  );
  await sql`
    insert into submissions (id, assessment_id, assessment_version, assessment_digest, source_kind, source, archive_digest, candidate)
    values ('sub-1', 'sample', '1.0.0', 'd', 'upload', 'a.zip', ${'a'.repeat(64)}, 'Ada'),
      ('sub-2', 'sample', '1.0.0', 'd', 'git', 'https://example.org/x.git', null, null)`.execute(store);
  await sql`
    insert into runs (id, submission_id, state, seed, last_event, score, finished_at) values
      ('run-1', 'sub-1', 'failed', 's', 1, null, now()), ('run-2', 'sub-1', 'done', 's', 1, 71.5, now()),
      ('run-3', 'sub-2', 'queued', 's', 1, null, null)`.execute(store);
  await sql`insert into run_events (run_id, seq, event) values ('run-2', 1, '{"type":"queued"}')`.execute(
    store,
  );
  await sql`insert into scorecards (run_id, record, scorecard) values ('run-2', ${JSON.stringify(graded({ score: 71.5 }).record)}, ${JSON.stringify(graded({ score: 71.5 }).scorecard)})`.execute(
    store,
  );
  await sql`
    insert into idempotency_keys (token_id, key, fingerprint, submission_id)
    values ('tok-1', 'k', 'f', 'sub-1')`.execute(store);

  await migrate(store);

  const found = await findSubmission(store, DEFAULT_ORGANISATION, 'sub-1');
  expect(found).toMatchObject({
    submission: { candidate: 'Ada', submitted_by: null },
    run: { id: 'run-2', state: 'done', score: 71.5, judged_by: 'd'.repeat(64) },
  });
  expect(await listSubmissions(store, DEFAULT_ORGANISATION, { limit: 10 })).toHaveLength(2);
  expect(await findToken(store, 'asr_old')).toMatchObject({ id: 'tok-1', role: 'admin', scopes: ['admin'] });
  expect(await findToken(store, 'asr_cookie')).toBeNull();
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from idempotency_keys`.execute(
    store,
  );
  expect(rows[0]?.count).toBe(1);
  await migrate(store);
});
