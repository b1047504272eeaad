import { describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Pack } from '../../../assessments/kit/index.js';
import { workOnRegrades } from '../../../harness/review/regrade/work.js';
import type { Policy } from '../../../harness/scoring/index.js';
import type { Store } from '../../../harness/store/database.js';
import { endWithout } from '../../../harness/store/endings.js';
import { claimRun } from '../../../harness/store/leases.js';
import { override } from '../../../harness/store/overrides.js';
import { findRegrade, listItems } from '../../../harness/store/regrade-items.js';
import type { NewRegrade } from '../../../harness/store/regrades.js';
import { closeRegrade, createRegrade, pointlessRuns } from '../../../harness/store/regrades.js';
import { findScorecard } from '../../../harness/store/scorecards.js';
import { findSubmission } from '../../../harness/store/submissions.js';
import { check, policy } from '../../unit/scoring/build.js';
import { eachWithFreshStore } from '../support/fresh-store.js';
import {
  actor,
  grade,
  gradedSubmission,
  measured,
  OPTIONS,
  ORG,
  rules,
  stranger,
  submitted,
} from './support.js';

jest.setTimeout(30_000);

let store: Store;
eachWithFreshStore((fresh) => (store = fresh));

const TODAY = { id: 'sample', version: '2.0.0', digest: 'e'.repeat(64) };

const regrade = (kind: NewRegrade['kind'], part: Partial<NewRegrade> = {}): Promise<string | null> =>
  createRegrade(store, actor, {
    kind,
    assessment: TODAY,
    selection: {},
    bar: 70,
    reason: 'b was unfair',
    ...part,
  });

async function begun(kind: NewRegrade['kind'], part: Partial<NewRegrade> = {}): Promise<string> {
  const id = await regrade(kind, part);
  if (id === null) throw new Error('nothing was chosen');
  return id;
}

/** Works until nothing waits that can be worked on. */
async function work(now: Policy = rules(8)): Promise<void> {
  const catalogue = { find: async () => now as unknown as Pack };
  while ((await workOnRegrades({ store, catalogue })) > 0);
}

const items = (id: string) => listItems(store, ORG, id, { offset: 0, limit: 50 });
const scoreOf = async (id: string) => (await findSubmission(store, ORG, id))?.run.score;
const promote = (id: string) => closeRegrade(store, actor, id, 'promoted', 'agreed in the team');

describe('a rescore', () => {
  test('is a dry run first: who crosses the bar, and because of which check', async () => {
    const failing = await gradedSubmission(store, 'fail');
    const passing = await gradedSubmission(store, 'pass');
    const id = await begun('rescore');
    expect(await findRegrade(store, ORG, id)).toMatchObject({ state: 'working', counts: { pending: 2 } });
    await work();
    expect(await findRegrade(store, ORG, id)).toMatchObject({
      state: 'ready',
      counts: { ready: 2, up: 1, down: 0 },
    });
    const [first, second] = await items(id);
    expect(first).toMatchObject({
      submission: failing.id,
      difference: { before: 66.7, after: 83.3, crosses: 'up' },
    });
    expect(first?.difference?.causes[0]).toMatchObject({ check: 'c', kind: 'points', effect: 16.6 });
    expect(second).toMatchObject({
      submission: passing.id,
      difference: { before: 100, after: 100, crosses: null },
    });
    expect(await scoreOf(failing.id)).toBe(66.7);
  });

  test('counts once it is promoted, with actor and reason, and the former scorecard is kept', async () => {
    const { id: submission, run } = await gradedSubmission(store, 'fail');
    const id = await begun('rescore');
    expect(await promote(id)).toBe(false);
    await work();
    expect(await promote(id)).toBe(true);
    expect(await promote(id)).toBe(false);
    await work();
    expect(await scoreOf(submission)).toBe(83.3);
    expect((await findSubmission(store, ORG, submission))?.run.judged_by).toBe(TODAY.digest);
    expect((await findScorecard(store, ORG, run))?.overall.score).toBe(83.3);
    expect(await findRegrade(store, ORG, id)).toMatchObject({
      state: 'promoted',
      by: 'Mia',
      closed: { by: 'Mia', reason: 'agreed in the team' },
    });
    const { rows } =
      await sql`select former->'overall'->>'score' as former, draft from regrade_items`.execute(store);
    expect(rows).toEqual([{ former: '66.7', draft: null }]);
    const audit = await sql<{ action: string }>`select action from audit_log order by id`.execute(store);
    expect(audit.rows.map(({ action }) => action)).toEqual(['regrade.begun', 'regrade.promoted']);
  });

  test('keeps what people have overridden', async () => {
    const { id: submission } = await gradedSubmission(store, 'fail');
    await override(store, actor, submission, { check: 'b', outcome: 'pass', reason: 'Works by hand.' });
    const id = await begun('rescore');
    await work();
    expect((await items(id))[0]?.difference).toMatchObject({ before: 100, after: 100 });
  });

  test('leaves alone what was changed after it was worked out', async () => {
    const { id: submission } = await gradedSubmission(store, 'fail');
    const id = await begun('rescore');
    await work();
    await override(store, actor, submission, { check: 'b', outcome: 'pass', reason: 'Works by hand.' });
    await promote(id);
    await work();
    expect((await items(id))[0]).toMatchObject({
      state: 'superseded',
      problem: expect.stringContaining('again'),
    });
    expect(await scoreOf(submission)).toBe(100);
  });

  test('says so when the checks are others now', async () => {
    await gradedSubmission(store, 'fail');
    const id = await begun('rescore');
    await work(policy([check('a'), check('b'), check('new')]));
    expect((await items(id))[0]).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('Rerun it'),
    });
  });

  test('can be discarded, and then nothing was changed', async () => {
    const { id: submission } = await gradedSubmission(store, 'fail');
    const id = await begun('rescore');
    await work();
    expect(await closeRegrade(store, actor, id, 'discarded', 'no')).toBe(true);
    await work();
    expect(await scoreOf(submission)).toBe(66.7);
    expect(await findRegrade(store, ORG, id)).toMatchObject({ state: 'discarded' });
  });
});

describe('a rerun', () => {
  test('is a new run that counts once it is promoted; both stay', async () => {
    const { id: submission, run } = await gradedSubmission(store, 'fail');
    const id = await begun('rerun');
    await work();
    expect(await findRegrade(store, ORG, id)).toMatchObject({ state: 'working' });
    const { rows } = await sql<{ to_run: string }>`select to_run from regrade_items`.execute(store);
    const next = rows[0]?.to_run ?? '';
    await grade(store, next, measured('pass'));
    await work();
    expect((await items(id))[0]).toMatchObject({
      state: 'ready',
      difference: { before: 66.7, after: 100, crosses: 'up' },
    });
    expect((await findSubmission(store, ORG, submission))?.run.id).toBe(run);
    await promote(id);
    await work();
    expect((await findSubmission(store, ORG, submission))?.run).toMatchObject({ id: next, score: 100 });
    expect((await findScorecard(store, ORG, run))?.overall.score).toBe(66.7);
  });

  test('of what was not graded counts at once', async () => {
    const { id: submission, run } = await submitted(store);
    const claim = await claimRun(store, run, OPTIONS);
    if (!claim) throw new Error('not claimed');
    await endWithout(store, claim, 'failed', { code: 'internal', stage: 'boot', message: '', logTail: '' });
    const id = await begun('rerun');
    const next = (await findSubmission(store, ORG, submission))?.run;
    expect(next).toMatchObject({ state: 'queued' });
    expect(next?.id).not.toBe(run);
    expect(await findRegrade(store, ORG, id)).toMatchObject({ state: 'ready' });
  });

  test('that is not graded promotes nothing', async () => {
    const { id: submission, run } = await gradedSubmission(store, 'fail');
    const id = await begun('rerun');
    const { rows } = await sql<{ to_run: string }>`select to_run from regrade_items`.execute(store);
    const claim = await claimRun(store, rows[0]?.to_run ?? '', OPTIONS);
    if (!claim) throw new Error('not claimed');
    expect(await pointlessRuns(store, ORG, id)).toEqual([claim.run]);
    await endWithout(store, claim, 'failed', { code: 'internal', stage: 'boot', message: '', logTail: '' });
    await work();
    expect((await items(id))[0]).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('no fault'),
    });
    await promote(id);
    await work();
    expect((await findSubmission(store, ORG, submission))?.run.id).toBe(run);
  });
});

describe('what is regraded', () => {
  test('can be some, by name, by score or by being stale', async () => {
    const one = await gradedSubmission(store, 'fail');
    await gradedSubmission(store, 'pass');
    await submitted(store);
    const chosen = async (selection: NewRegrade['selection']): Promise<string[]> => {
      const id = await regrade('rescore', { selection });
      return id === null ? [] : (await items(id)).map(({ submission }) => submission);
    };
    expect(await chosen({ submissions: [one.id] })).toEqual([one.id]);
    expect(await chosen({ scoreTo: 90 })).toEqual([one.id]);
    expect(await chosen({ scoreFrom: 10 })).toHaveLength(2);
    expect(await chosen({ stale: true })).toHaveLength(2);
    expect(await chosen({ submissions: [] })).toEqual([]);
    await sql`update scorecards set judged_by = ${TODAY.digest}`.execute(store);
    expect(await chosen({ stale: true })).toEqual([]);
  });

  test('is never of another organisation', async () => {
    await sql`insert into organisations (id, name) values ('org-other', 'Other')`.execute(store);
    await gradedSubmission(store);
    const id = await begun('rescore');
    expect(await findRegrade(store, 'org-other', id)).toBeNull();
    expect(await listItems(store, 'org-other', id, { offset: 0, limit: 9 })).toEqual([]);
    expect(await closeRegrade(store, stranger, id, 'discarded', 'mine')).toBe(false);
    const theirs = { kind: 'rescore', assessment: TODAY, selection: {}, bar: 70, reason: 'x' } as const;
    expect(await createRegrade(store, stranger, theirs)).toBeNull();
  });

  test('two at once work on different submissions, and each once', async () => {
    for (let count = 0; count < 4; count += 1) await gradedSubmission(store);
    const id = await begun('rescore');
    await Promise.all([work(), work(), work()]);
    expect(await findRegrade(store, ORG, id)).toMatchObject({ state: 'ready', counts: { ready: 4 } });
  });
});
