import { sql } from 'kysely';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';

/**
 * Whether the name of submission `s` is hidden: its organisation reviews blind, and no decision is recorded yet. Whatever
 * reads names of candidates for people reads this with them.
 */
export const nameHidden = sql<boolean>`(
  (select o.blind_review from organisations o where o.id = s.organisation_id)
  and not exists (select from decisions d where d.submission_id = s.id)
)`;

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
