import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { jsonb } from './json.js';
import type { RegradeKind } from './schema-review.js';

export interface NewRegrade {
  readonly kind: RegradeKind;
  /** As it is now: by this the drafts are judged. */
  readonly assessment: { readonly id: string; readonly version: string; readonly digest: string };
  readonly selection: Selection;
  /** The total (0 to 100) whose crossing is told. */
  readonly bar: number;
  readonly reason: string;
}

/** Which submissions of the assessment. Every part that is given narrows it down. */
export interface Selection {
  readonly submissions?: readonly string[] | undefined;
  /** Only those that were judged by another state of the assessment. */
  readonly stale?: boolean | undefined;
  readonly scoreFrom?: number | undefined;
  readonly scoreTo?: number | undefined;
}

interface Chosen {
  readonly submission: string;
  readonly run: string;
  readonly graded: boolean;
}

const BATCH = 1000;

/**
 * Begins a regrade: nothing of what counts is changed before it is promoted. A rerun queues a new run of each submission.
 * Where there was no scorecard there is nothing to protect, and the new run counts at once. Null when nothing was chosen.
 */
export function createRegrade(store: Store, actor: Actor, regrade: NewRegrade): Promise<string | null> {
  return store.transaction().execute(async (tx) => {
    const chosen = await choose(tx, actor.organisation, regrade);
    if (chosen.length === 0) return null;
    const id = newId('rgd');
    await tx
      .insertInto('regrades')
      .values({
        id,
        organisation_id: actor.organisation,
        kind: regrade.kind,
        assessment_id: regrade.assessment.id,
        assessment_version: regrade.assessment.version,
        assessment_digest: regrade.assessment.digest,
        bar: regrade.bar,
        reason: regrade.reason,
        actor_name: actor.name,
      })
      .execute();
    for (let at = 0; at < chosen.length; at += BATCH) {
      await addItems(tx, id, regrade.kind, chosen.slice(at, at + BATCH));
    }
    const details = { regrade: id, kind: regrade.kind, submissions: chosen.length };
    await recordAudit(tx, actor, { action: 'regrade.begun', subject: id, details });
    return id;
  });
}

/** Those whose run is over; a rescore needs something that was measured. */
function choose(
  tx: Store,
  organisation: string,
  { kind, assessment, selection }: NewRegrade,
): Promise<Chosen[]> {
  let query = tx
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .leftJoin('scorecards as c', 'c.run_id', 'r.id')
    .select(['s.id as submission', 'r.id as run', sql<boolean>`c.run_id is not null`.as('graded')])
    .where('s.organisation_id', '=', organisation)
    .where('s.assessment_id', '=', assessment.id)
    .where('r.finished_at', 'is not', null)
    .orderBy('s.id')
    .forKeyShare('s');
  if (kind === 'rescore') query = query.where('c.run_id', 'is not', null);
  const { submissions, stale, scoreFrom, scoreTo } = selection;
  if (submissions) query = query.where('s.id', '=', sql<string>`any(${[...submissions]}::text[])`);
  if (stale) query = query.where(sql<boolean>`c.judged_by is distinct from ${assessment.digest}`);
  if (scoreFrom !== undefined) query = query.where('r.score', '>=', scoreFrom);
  if (scoreTo !== undefined) query = query.where('r.score', '<=', scoreTo);
  return query.execute();
}

async function addItems(tx: Store, id: string, kind: RegradeKind, chosen: readonly Chosen[]): Promise<void> {
  const items = chosen.map(({ submission, run, graded }) => ({
    submission,
    run,
    graded,
    next: kind === 'rerun' ? newId('run') : null,
    seed: randomBytes(8).toString('hex'),
  }));
  const rows = sql`jsonb_to_recordset(${jsonb(items)}::jsonb) as item(submission text, run text, graded boolean, next text, seed text)`;
  if (kind === 'rerun') {
    await sql`insert into runs (id, submission_id, seed, last_event) select next, submission, seed, 1 from ${rows}`.execute(
      tx,
    );
    await sql`insert into run_events (run_id, seq, event) select next, 1, '{"type":"queued"}' from ${rows}`.execute(
      tx,
    );
    await sql`insert into outbox (run_id) select next from ${rows}`.execute(tx);
    await sql`
      update submissions s set current_run = item.next
      from ${rows} where s.id = item.submission and not item.graded`.execute(tx);
  }
  await sql`
    insert into regrade_items (regrade_id, submission_id, from_run, to_run)
    select ${id}, submission, run, next from ${rows} where graded`.execute(tx);
}

/** False when there is no such regrade that is still open, or not all of it is worked out. */
export function closeRegrade(
  store: Store,
  actor: Actor,
  id: string,
  as: 'promoted' | 'discarded',
  reason: string,
): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    let update = tx
      .updateTable('regrades')
      .set({
        closed_as: as,
        closed_by: actor.name,
        closed_reason: reason,
        closed_at: sql<Date>`now()`,
      })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .where('closed_as', 'is', null);
    if (as === 'promoted') {
      update = update.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('regrade_items')
              .select('state')
              .where('regrade_id', '=', id)
              .where('state', '=', 'pending'),
          ),
        ),
      );
    }
    const closed = await update.returning('id').executeTakeFirst();
    if (!closed) return false;
    if (as === 'discarded') {
      await tx.updateTable('regrade_items').set({ draft: null }).where('regrade_id', '=', id).execute();
    }
    await recordAudit(tx, actor, { action: `regrade.${as}`, subject: id });
    return true;
  });
}

/** Runs of a discarded regrade that go on for nothing. */
export async function pointlessRuns(store: Store, organisation: string, id: string): Promise<string[]> {
  const rows = await store
    .selectFrom('regrade_items as i')
    .innerJoin('regrades as g', 'g.id', 'i.regrade_id')
    .innerJoin('runs as r', 'r.id', 'i.to_run')
    .select('r.id')
    .where('g.organisation_id', '=', organisation)
    .where('g.id', '=', id)
    .where('r.finished_at', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Makes the drafts of promoted regrades count, some at a time. One whose submission was changed since, by an override or by
 * another regrade, is left as it is and says so. Returns how many were looked at.
 */
export async function applyPromoted(store: Store, limit: number): Promise<number> {
  const { rows } = await sql`
    with chosen as (
      select i.regrade_id, i.submission_id, i.from_run, i.to_run, i.draft, g.assessment_digest, c.scorecard as former,
        s.current_run = i.from_run and (i.to_run is not null or c.revision = i.from_revision) as holds
      from regrade_items i
      join regrades g on g.id = i.regrade_id
      join submissions s on s.id = i.submission_id
      join scorecards c on c.run_id = i.from_run
      where g.closed_as = 'promoted' and i.state = 'ready'
      limit ${limit}
      for update of i, s, c skip locked
    ), cards as (
      update scorecards c
      set scorecard = chosen.draft, judged_by = chosen.assessment_digest, revision = c.revision + 1
      from chosen where chosen.holds and chosen.to_run is null and c.run_id = chosen.from_run
    ), scores as (
      update runs r set score = (chosen.draft->'overall'->>'score')::float8
      from chosen where chosen.holds and chosen.to_run is null and r.id = chosen.from_run
    ), reruns as (
      update submissions s set current_run = chosen.to_run
      from chosen where chosen.holds and chosen.to_run is not null and s.id = chosen.submission_id
    )
    update regrade_items i set
      state = case when chosen.holds then 'promoted' else 'superseded' end,
      draft = null,
      former = case when chosen.holds and chosen.to_run is null then chosen.former end,
      problem = case when not chosen.holds then 'The submission was changed after this was worked out; regrade it again.' end
    from chosen where i.regrade_id = chosen.regrade_id and i.submission_id = chosen.submission_id
    returning i.submission_id`.execute(store);
  return rows.length;
}
