import { sql } from 'kysely';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { Store } from '../../../harness/store/database.js';
import { commitResult } from '../../../harness/store/endings.js';
import { appendEvents } from '../../../harness/store/events.js';
import { claimRun } from '../../../harness/store/leases.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';
import { graded } from '../support/records.js';
import { OPTIONS } from './support.js';

/** In everything that is hidden from candidates. */
export const CANARY = 'canary-7b21e';

/** A scorecard with the canary in all that candidates may not see, and nowhere else. */
function secretive(): Scorecard {
  const { scorecard } = graded({ score: 50 });
  const [model] = goldenScorecard().checks;
  if (!model) throw new Error('the golden scorecard has no checks');
  const checks = ['announces-once', 'create-note'].map((id) => ({
    ...model,
    id,
    title: `${CANARY} title`,
    publicTitle: 'A note is announced',
    message: `${CANARY} message`,
    expected: CANARY,
    observed: CANARY,
    why: CANARY,
    remedy: CANARY,
    outcome: 'fail' as const,
    points: 0,
  }));
  const topics = [{ id: model.topic, name: 'Topic', score: 0, level: 'below' as const, reason: CANARY }];
  return { ...scorecard, checks, topics, notes: [{ code: CANARY, message: CANARY }] };
}

/** Runs what waits of a submission: with output, public and hidden checks, and a result. */
export async function runSecretively(store: Store, submission: string): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`select current_run as id from submissions where id = ${submission}`.execute(store);
  const claim = await claimRun(store, rows[0]?.id ?? '', OPTIONS);
  if (!claim) throw new Error('not claimed');
  const finished = (checkId: string, outcome: 'pass' | 'fail') =>
    ({ type: 'checkFinished', checkId, outcome, message: `${CANARY} seen` }) as const;
  await appendEvents(store, claim.run, claim.fence, [
    { type: 'stageStarted', stage: 'correctness' },
    { type: 'log', stage: 'boot', line: `GET /${CANARY}` },
    finished('create-note', 'pass'),
    finished('survives-crash', 'fail'),
  ]);
  const scorecard = secretive();
  await commitResult(store, claim, { ...graded({ score: 50 }), scorecard });
}
