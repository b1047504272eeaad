import { describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { answerAppeal, listAppeals, makeAppeal } from '../../../harness/store/appeals.js';
import type { Store } from '../../../harness/store/database.js';
import { override, readOverrides } from '../../../harness/store/overrides.js';
import { readReview, recordDecision, writeNote } from '../../../harness/store/reviews.js';
import { findScorecard } from '../../../harness/store/scorecards.js';
import { createShare, listShares, openShare, revokeShare } from '../../../harness/store/shares.js';
import { findSubmission, listSubmissions } from '../../../harness/store/submissions.js';
import { eachWithFreshStore } from '../support/fresh-store.js';
import { actor, gradedSubmission, ORG, stranger, submitted } from './support.js';

jest.setTimeout(30_000);

let store: Store;
eachWithFreshStore((fresh) => (store = fresh));

const bob = { ...actor, id: 'per-bob', name: 'Bob' };
const audited = async (): Promise<string[]> => {
  const { rows } = await sql<{ action: string }>`select action from audit_log order by id`.execute(store);
  return rows.map(({ action }) => action);
};

describe('notes and ratings', () => {
  test('each reviewer has one on each question, and can change it or take it away', async () => {
    const { id } = await gradedSubmission(store);
    const on = (question: string, note: string, rating: number | null) => ({ question, note, rating });
    await writeNote(store, actor, id, on('a', 'Knows why.', 3));
    await writeNote(store, bob, id, on('a', 'Was not sure.', 2));
    await writeNote(store, actor, id, on('a', 'Knows it well.', 4));
    const { notes } = await readReview(store, ORG, id);
    expect(notes.map(({ author, note, rating }) => [author.name, note, rating]).sort()).toEqual([
      ['Bob', 'Was not sure.', 2],
      ['Mia', 'Knows it well.', 4],
    ]);
    await writeNote(store, actor, id, on('a', '', null));
    expect((await readReview(store, ORG, id)).notes).toHaveLength(1);
  });

  test('are of the organisation alone', async () => {
    const { id } = await gradedSubmission(store);
    await writeNote(store, actor, id, { question: 'overall', note: 'Good.', rating: null });
    expect(await writeNote(store, stranger, id, { question: 'overall', note: 'x', rating: 1 })).toBe(false);
    expect(await readReview(store, 'org-other', id)).toEqual({ notes: [], decisions: [] });
  });
});

describe('decisions', () => {
  test('the last one holds, the former ones stay, each is in the audit log', async () => {
    const { id } = await gradedSubmission(store);
    await recordDecision(store, actor, id, { verdict: 'hold', reason: 'One more talk.' });
    await recordDecision(store, bob, id, { verdict: 'advance', reason: 'Strong.' });
    const { decisions } = await readReview(store, ORG, id);
    expect(decisions.map(({ verdict, by }) => [verdict, by])).toEqual([
      ['advance', 'Bob'],
      ['hold', 'Mia'],
    ]);
    expect((await findSubmission(store, ORG, id))?.decision).toBe('advance');
    expect(await audited()).toEqual(['decision.recorded', 'decision.recorded']);
    expect(await recordDecision(store, stranger, id, { verdict: 'decline', reason: 'x' })).toBe(false);
  });
});

describe('an override', () => {
  test('changes the score with a reason, and can be taken back', async () => {
    const { id, run } = await gradedSubmission(store, 'fail');
    const done = await override(store, actor, id, { check: 'b', outcome: 'pass', reason: 'Works by hand.' });
    expect(done.kind).toBe('done');
    const card = await findScorecard(store, ORG, run);
    expect(card?.overall.score).toBe(100);
    expect(card?.notes[0]?.message).toBe('Mia set the check b to pass: Works by hand.');
    expect((await findSubmission(store, ORG, id))?.run.score).toBe(100);
    await override(store, bob, id, { check: 'b', outcome: null, reason: 'It does not.' });
    expect((await findSubmission(store, ORG, id))?.run.score).toBe(66.7);
    expect(await readOverrides(store, run)).toEqual([]);
    expect(await audited()).toEqual(['override.recorded', 'override.recorded']);
  });

  test('is refused where there is nothing to override', async () => {
    const waiting = await submitted(store);
    const { id } = await gradedSubmission(store);
    const one = { check: 'b', outcome: 'pass', reason: 'x' } as const;
    expect(await override(store, actor, waiting.id, one)).toEqual({ kind: 'noScorecard' });
    expect(await override(store, actor, id, { ...one, check: 'zzz' })).toEqual({ kind: 'unknownCheck' });
    expect(await override(store, stranger, id, one)).toEqual({ kind: 'unknownSubmission' });
  });

  test('two at once both hold', async () => {
    const { id } = await gradedSubmission(store, 'fail');
    await Promise.all([
      override(store, actor, id, { check: 'a', outcome: 'fail', reason: 'x' }),
      override(store, bob, id, { check: 'b', outcome: 'pass', reason: 'y' }),
    ]);
    expect((await findSubmission(store, ORG, id))?.run.score).toBe(66.7);
  });
});

describe('an appeal', () => {
  test('waits for one answer, and another can follow', async () => {
    const { id } = await gradedSubmission(store);
    const candidate = { ...actor, kind: 'candidate', id: 'inv-1', name: 'the candidate' } as const;
    expect(await makeAppeal(store, candidate, id, 'b is unfair.')).toBe(true);
    expect(await makeAppeal(store, candidate, id, 'Again.')).toBe(false);
    expect(await answerAppeal(store, actor, id, { upheld: true, words: 'You are right.' })).toBe(true);
    expect(await answerAppeal(store, actor, id, { upheld: false, words: 'No.' })).toBe(false);
    expect(await makeAppeal(store, candidate, id, 'And c?')).toBe(true);
    const [first, second] = await listAppeals(store, ORG, id);
    expect(first).toMatchObject({ words: 'b is unfair.', answer: { upheld: true, by: 'Mia' } });
    expect(second).toMatchObject({ words: 'And c?', answer: null });
  });
});

describe('a link to share', () => {
  test('opens until it is revoked or over, and counts', async () => {
    const { id } = await gradedSubmission(store);
    const made = await createShare(store, actor, id, { audience: 'candidate', days: 7 });
    const secret = made?.secret ?? '';
    expect(await openShare(store, secret)).toEqual({
      id: made?.id,
      organisation: ORG,
      submission: id,
      audience: 'candidate',
    });
    expect(await openShare(store, `${secret}x`)).toBeNull();
    expect((await listShares(store, ORG, id))[0]).toMatchObject({ opened: 1 });
    expect(await revokeShare(store, stranger, made?.id ?? '')).toBe(false);
    expect(await revokeShare(store, actor, made?.id ?? '')).toBe(true);
    expect(await openShare(store, secret)).toBeNull();
    const other = await createShare(store, actor, id, { audience: 'team', days: 1 });
    await sql`update share_links set expires_at = now() - interval '1 second'`.execute(store);
    expect(await openShare(store, other?.secret ?? '')).toBeNull();
    expect(await createShare(store, stranger, id, { audience: 'team', days: 1 })).toBeNull();
  });
});

describe('blind review', () => {
  test('hides names and where it came from, in lists and on scorecards, until a decision is recorded', async () => {
    const { id, run } = await gradedSubmission(store);
    await sql`update organisations set blind_review = true`.execute(store);
    const shown = async (): Promise<string> =>
      JSON.stringify([
        await findSubmission(store, ORG, id),
        await listSubmissions(store, ORG, { limit: 5 }),
        await findScorecard(store, ORG, run),
      ]);
    expect(await shown()).not.toMatch(/Ada|sample\.tar\.gz/);
    await recordDecision(store, actor, id, { verdict: 'hold', reason: 'x' });
    expect(await shown()).toMatch(/Ada/);
  });
});
