import { sql } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { holdSubmission } from './reviews.js';

/** A candidate's objection to a result, and what the team answered. */
export interface Appeal {
  readonly id: string;
  readonly words: string;
  readonly madeAt: Date;
  readonly answer: {
    readonly upheld: boolean;
    readonly words: string;
    readonly by: string;
    readonly at: Date;
  } | null;
}

/** Oldest first. */
export async function listAppeals(store: Store, organisation: string, submission: string): Promise<Appeal[]> {
  const rows = await store
    .selectFrom('appeals as a')
    .innerJoin('submissions as s', 's.id', 'a.submission_id')
    .select(['a.id', 'a.words', 'a.made_at', 'a.upheld', 'a.answer', 'a.answered_by', 'a.answered_at'])
    .where('s.organisation_id', '=', organisation)
    .where('s.id', '=', submission)
    .orderBy('a.id')
    .execute();
  return rows.map(({ id, words, made_at, upheld, answer, answered_by, answered_at }) => ({
    id,
    words,
    madeAt: made_at,
    answer:
      upheld === null || answer === null || answered_by === null || answered_at === null
        ? null
        : { upheld, words: answer, by: answered_by, at: answered_at },
  }));
}

/** Appeals to a result. False while another one of the submission waits for its answer. */
export function makeAppeal(store: Store, actor: Actor, submission: string, words: string): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    if (!(await holdSubmission(tx, actor.organisation, submission))) return false;
    const made = await tx
      .insertInto('appeals')
      .values({ id: newId('apl'), submission_id: submission, words })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) await recordAudit(tx, actor, { action: 'appeal.made', subject: submission });
    return made !== undefined;
  });
}

export interface AppealAnswer {
  readonly upheld: boolean;
  readonly words: string;
}

/** Answers the appeal that waits. False when there is none. */
export function answerAppeal(
  store: Store,
  actor: Actor,
  submission: string,
  { upheld, words }: AppealAnswer,
): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    if (!(await holdSubmission(tx, actor.organisation, submission))) return false;
    const answered = await tx
      .updateTable('appeals')
      .set({ upheld, answer: words, answered_by: actor.name, answered_at: sql<Date>`now()` })
      .where('submission_id', '=', submission)
      .where('answered_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (answered) {
      await recordAudit(tx, actor, { action: 'appeal.answered', subject: submission, details: { upheld } });
    }
    return answered !== undefined;
  });
}
