import { sql } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import type { DecisionVerdict } from './schema-review.js';

/** The place for what is about the submission as a whole. */
export const OVERALL = 'overall';

export interface ReviewNote {
  /** Id of the check whose question it answers, or `overall`. */
  readonly question: string;
  readonly author: { readonly id: string; readonly name: string };
  readonly note: string;
  /** 1 (weak) to 4 (strong). */
  readonly rating: number | null;
  readonly writtenAt: Date;
}

export interface Decision {
  readonly verdict: DecisionVerdict;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** What people think of a submission. */
export interface Review {
  readonly notes: readonly ReviewNote[];
  /** Newest first; the first holds. */
  readonly decisions: readonly Decision[];
}

export async function readReview(store: Store, organisation: string, submission: string): Promise<Review> {
  const notes = await store
    .selectFrom('review_notes as n')
    .innerJoin('submissions as s', 's.id', 'n.submission_id')
    .select(['n.question', 'n.author_id', 'n.author_name', 'n.note', 'n.rating', 'n.written_at as writtenAt'])
    .where('s.organisation_id', '=', organisation)
    .where('s.id', '=', submission)
    .orderBy('n.written_at')
    .execute();
  const decisions = await store
    .selectFrom('decisions as d')
    .innerJoin('submissions as s', 's.id', 'd.submission_id')
    .select(['d.verdict', 'd.reason', 'd.actor_name as by', 'd.decided_at as at'])
    .where('s.organisation_id', '=', organisation)
    .where('s.id', '=', submission)
    .orderBy('d.id', 'desc')
    .execute();
  return {
    notes: notes.map(({ author_id: id, author_name: name, ...note }) => ({ ...note, author: { id, name } })),
    decisions,
  };
}

export type NewNote = Pick<ReviewNote, 'question' | 'note' | 'rating'>;

/**
 * Writes one's own note on a question in the place of the former; one without words and rating is taken away. False when
 * there is no such submission.
 */
export function writeNote(store: Store, actor: Actor, submission: string, note: NewNote): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    if (!(await holdSubmission(tx, actor.organisation, submission))) return false;
    const key = { submission_id: submission, question: note.question, author_id: actor.id };
    if (note.note === '' && note.rating === null) {
      await tx
        .deleteFrom('review_notes')
        .where('submission_id', '=', submission)
        .where('question', '=', note.question)
        .where('author_id', '=', actor.id)
        .execute();
      return true;
    }
    const words = { author_name: actor.name, note: note.note, rating: note.rating };
    await tx
      .insertInto('review_notes')
      .values({ ...key, ...words })
      .onConflict((conflict) =>
        conflict
          .columns(['submission_id', 'question', 'author_id'])
          .doUpdateSet({ ...words, written_at: sql<Date>`now()` }),
      )
      .execute();
    return true;
  });
}

/** Looks at a submission whose review nobody else changes before the transaction ends, and may refuse by throwing. */
export type ExpectReview = (tx: Store) => Promise<void>;

/** Records a decision; former ones stay readable. False when there is no such submission. */
export function recordDecision(
  store: Store,
  actor: Actor,
  submission: string,
  { verdict, reason }: Pick<Decision, 'verdict' | 'reason'>,
  expect: ExpectReview = async () => undefined,
): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    if (!(await holdReview(tx, actor.organisation, submission))) return false;
    await expect(tx);
    await tx
      .insertInto('decisions')
      .values({
        submission_id: submission,
        verdict,
        reason,
        actor_id: actor.id,
        actor_name: actor.name,
      })
      .execute();
    await recordAudit(tx, actor, { action: 'decision.recorded', subject: submission, details: { verdict } });
    return true;
  });
}

/** Lets nobody else decide or override before the transaction ends. False when there is no submission of that name. */
export async function holdReview(tx: Store, organisation: string, submission: string): Promise<boolean> {
  const held = await named(tx, organisation, submission).forNoKeyUpdate().executeTakeFirst();
  return held !== undefined;
}

/** Keeps the submission from being erased until the transaction ends. False when there is none of that name. */
export async function holdSubmission(tx: Store, organisation: string, submission: string): Promise<boolean> {
  const held = await named(tx, organisation, submission).forKeyShare().executeTakeFirst();
  return held !== undefined;
}

const named = (tx: Store, organisation: string, submission: string) =>
  tx
    .selectFrom('submissions')
    .select('id')
    .where('organisation_id', '=', organisation)
    .where('id', '=', submission);
