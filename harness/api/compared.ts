import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import { plural } from '../../reports/text/words.js';
import type { Principal } from '../accounts/principal.js';
import type { Store } from '../store/database.js';
import { judgementKey } from '../store/submissions.js';
import { lastUsed } from './last-used.js';
import { scorecardOf } from './scorecard.js';
import { visibleSubmission } from './visible.js';

/** A graded submission to be compared. */
export interface Compared {
  readonly id: string;
  /** Without evidence, which no comparison shows. */
  readonly card: Scorecard;
}

export type SeveralCompared = readonly [Compared, Compared, ...Compared[]];

/** More do not fit side by side. */
const MOST = 6;

/**
 * What was asked for, or one sentence that says why it cannot be compared.
 * @throws AssayerError submissionUnknown, scorecardNotReady, notGraded
 */
export async function readCompared(
  store: Store,
  principal: Principal,
  ids: readonly string[],
): Promise<SeveralCompared | string> {
  const wanted = [...new Set(ids)];
  if (wanted.length > MOST) return `At most ${plural(MOST, 'submission')} fit side by side; choose fewer.`;
  const [first, second, ...rest] = await Promise.all(
    wanted.map(async (one) => ({ id: one, card: await slimCard(store, principal, one) })),
  );
  if (!first || !second) return 'One submission alone cannot be compared; choose two or more.';
  const sameExercise = ({ card: { assessment } }: Compared): boolean =>
    assessment.id === first.card.assessment.id && assessment.version === first.card.assessment.version;
  if (![second, ...rest].every(sameExercise)) {
    return 'These were graded by different assessments or versions, whose scores do not mean the same; choose one version.';
  }
  return [first, second, ...rest];
}

/** What was compared last; reading a scorecard of a megabyte takes longer than all else of the page. */
const slim = lastUsed<Scorecard>(60);

async function slimCard(store: Store, principal: Principal, submission: string): Promise<Scorecard> {
  const view = await visibleSubmission(store, principal, submission);
  return slim(judgementKey(view), async () => {
    const card = await scorecardOf(store, principal, view);
    return { ...card, checks: card.checks.map((check) => ({ ...check, evidence: [] })) };
  });
}
