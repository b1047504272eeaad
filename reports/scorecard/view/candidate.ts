import { VERDICT_CODES } from '../../../assessments/kit/index.js';
import type { Scorecard, ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';
import { countOutcomes, isUnmeasured, lostPoints } from '../../text/counts.js';
import { oneLine } from '../../text/visible.js';
import { moment, plural } from '../../text/words.js';

/**
 * What the candidate may see: public titles and whether each was met. It is built from those fields alone, so that nothing
 * else of the scorecard can slip through: no messages, evidence, expectations, check ids, points, logs or settings. Why and
 * remedy are shown only where the hidden title is public itself; a check with a public title of its own has
 * something to hide.
 */
export interface CandidateView {
  readonly title: string;
  readonly assessment: string;
  readonly version: string;
  readonly digest: string;
  readonly gradedAt: string;
  readonly ended: string | null;
  readonly sentence: string;
  readonly topics: readonly {
    readonly name: string;
    readonly sentence: string;
    readonly checks: readonly {
      readonly title: string;
      readonly outcome: PublicOutcome;
      readonly word: string;
      /** Null where it was met, or where it would give a hidden check away. */
      readonly hint: { readonly why: string; readonly remedy: string } | null;
    }[];
  }[];
}

type PublicOutcome = Exclude<ScorecardCheck['outcome'], 'inconclusive'>;

const WORDS: Readonly<Record<PublicOutcome, string>> = {
  pass: 'Met',
  fail: 'Not met',
  partial: 'Met in part',
  error: 'Not measured',
  notApplicable: 'Not applicable',
};

export function candidateView(card: Scorecard): CandidateView {
  const graded = card.status === 'graded';
  const count = countOutcomes(card.checks);
  const unmeasured = card.checks.filter(isUnmeasured).length;
  const spared =
    unmeasured === 0
      ? ''
      : ` ${plural(unmeasured, 'check')} could not be measured through no doing of yours, and cost you nothing.`;
  return {
    title: `Your result: ${oneLine(card.assessment.title)}`,
    assessment: oneLine(card.assessment.title),
    version: oneLine(card.assessment.version),
    digest: card.submission.digest?.slice(0, 12) ?? 'never taken in',
    gradedAt: moment(card.provenance.gradedAt),
    ended: ended(card),
    sentence: graded
      ? `${count.pass} of ${plural(card.checks.length - unmeasured - count.notApplicable, 'check')} met.${spared}`
      : '',
    topics: graded ? card.topics.map((topic) => topicView(topic, card.checks)) : [],
  };
}

/** Why there is no ordinary result. The recorded message is only shown from stages that ran before any hidden check. */
function ended({ verdict }: Scorecard): string | null {
  if (verdict === null) return null;
  switch (VERDICT_CODES[verdict.code]) {
    case 'ours':
      return 'We could not grade your submission. That is our fault and not held against you; it will be run again.';
    case 'refused':
      return oneLine(verdict.message, 1000);
    case 'candidate':
      return ['intake', 'install', 'boot'].includes(verdict.stage)
        ? oneLine(verdict.message, 1000)
        : 'Your service did not get to the end of the checks. What could not be asked counts as not met.';
  }
}

function topicView(
  topic: Scorecard['topics'][number],
  all: readonly ScorecardCheck[],
): CandidateView['topics'][number] {
  const checks = all.filter((check) => check.topic === topic.id).map(publicCheck);
  const asked = checks.filter((check) => check.outcome !== 'error' && check.outcome !== 'notApplicable');
  const met = asked.filter((check) => check.outcome === 'pass').length;
  return { name: topic.name, sentence: `${met} of ${asked.length} met`, checks };
}

function publicCheck(check: ScorecardCheck): CandidateView['topics'][number]['checks'][number] {
  const outcome = check.outcome === 'inconclusive' ? 'error' : check.outcome;
  const open = check.publicTitle === null;
  return {
    title: oneLine(check.publicTitle ?? check.title),
    outcome,
    word: WORDS[outcome],
    hint:
      open && lostPoints(check) > 0
        ? { why: oneLine(check.why, 600), remedy: oneLine(check.remedy, 600) }
        : null,
  };
}
