import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';

const hiddenWhere = (organisation: RawBuilder<string>): RawBuilder<boolean> => sql<boolean>`(
  (select o.blind_review from organisations o where o.id = ${organisation})
  and not exists (select from decisions d where d.submission_id = s.id)
)`;

/**
 * Whether the name of submission `s` is hidden: its organisation reviews blind, and no decision is recorded yet. Whatever
 * reads names of candidates for people reads this with them.
 */
export const nameHidden = hiddenWhere(sql`s.organisation_id`);

/** The same where every `s` is of one organisation, which is then asked once and not for each row. */
export const nameHiddenIn = (organisation: string): RawBuilder<boolean> =>
  hiddenWhere(sql<string>`${organisation}::text`);

/** File names and addresses of repositories tell names as well. */
const HIDDEN_SOURCE = 'hidden until a decision is recorded';

export const hideNames = <T extends { candidate: string | null; source: string }>(submission: T): T => ({
  ...submission,
  candidate: null,
  source: HIDDEN_SOURCE,
});

export const hideNamesOnCard = (card: Scorecard): Scorecard => ({
  ...card,
  submission: hideNames(card.submission),
});
