import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { interviewKit } from '../../../reports/scorecard/view/interview.js';
import { candidateName } from '../../../reports/text/who.js';
import { oneLine } from '../../../reports/text/visible.js';
import { OUTCOME_WORDS, scoreWord } from '../../../reports/text/words.js';
import type { Appeal } from '../../store/appeals.js';
import type { Attempt, Rescoring } from '../../store/attempts.js';
import type { Alike } from '../../store/prints.js';
import type { RecordedOverride } from '../../store/overrides.js';
import { OVERALL, type Decision, type Review } from '../../store/reviews.js';
import type { ShareLink } from '../../store/shares.js';
import type { SubmissionView } from '../../store/submissions.js';
import { SECTIONS } from '../frame/navigation.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';
import { changesOf } from '../regrades/changes.js';
import { STATE_WORDS } from '../submissions/status.js';

interface Said {
  readonly by: string;
  readonly word: string;
  readonly words: string;
  readonly at: Moment;
}

/** A question with one's own note on it, and what others wrote. */
interface QuestionRow {
  readonly check: string;
  readonly ask: string;
  readonly listenFor: string;
  readonly because: string;
  readonly note: string;
  readonly ratings: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  readonly others: readonly Said[];
}

export interface ReviewView {
  readonly id: string;
  readonly who: string;
  readonly assessment: string;
  readonly score: string;
  readonly stale: boolean;
  readonly csrf: string;
  readonly mayNote: boolean;
  readonly mayManage: boolean;
  readonly decision: string;
  readonly decisions: readonly Said[];
  readonly questions: readonly QuestionRow[];
  /** For the form that overrides; empty where there is nothing to override. */
  readonly checks: readonly { readonly value: string; readonly label: string }[];
  readonly overrides: readonly Said[];
  readonly appeals: readonly (Said & { readonly answer: Said | null })[];
  readonly appealOpen: boolean;
  readonly shares: readonly {
    readonly id: string;
    readonly audience: string;
    readonly state: string;
    readonly works: boolean;
    readonly opened: number;
  }[];
  readonly link: string | null;
  readonly attempts: readonly {
    /** Of its scorecard; null where it has none. */
    readonly href: string | null;
    readonly at: Moment;
    readonly state: string;
    readonly score: string;
    readonly counts: boolean;
    readonly regrade: string | null;
  }[];
  readonly rescorings: readonly (Said & { readonly changes: readonly string[] })[];
  readonly alike: readonly { readonly href: string; readonly name: string; readonly share: string }[];
}

export interface ReviewInput {
  readonly view: SubmissionView;
  readonly card: Scorecard | null;
  readonly stale: boolean;
  readonly review: Review;
  readonly overrides: readonly RecordedOverride[];
  readonly appeals: readonly Appeal[];
  readonly shares: readonly ShareLink[];
  readonly attempts: readonly Attempt[];
  readonly rescorings: readonly Rescoring[];
  readonly alike: readonly (Alike & { readonly name: string })[];
  readonly me: string;
  readonly now: Date;
  readonly frame: Pick<ReviewView, 'csrf' | 'mayNote' | 'mayManage' | 'link'>;
}

const DECISION_WORDS = { advance: 'Go on', hold: 'On hold', decline: 'Decline' } as const;
const RATING_WORDS = ['not rated', '1 weak', '2 fair', '3 good', '4 strong'] as const;

export function reviewView(input: ReviewInput): ReviewView {
  const { view, card, review, now } = input;
  const { submission, run, decision } = view;
  return {
    ...input.frame,
    id: submission.id,
    who: candidateName(submission.candidate, submission.archive_digest),
    assessment: `${submission.assessment_id} ${submission.assessment_version}`,
    score: scoreWord(run.score),
    stale: input.stale,
    decision: decision === null ? 'Not decided' : DECISION_WORDS[decision],
    decisions: review.decisions.map(decisionSaid),
    questions: questionRows(card, review, input.me),
    checks: (card?.status === 'graded' ? card.checks : []).map(({ id, title, outcome }) => ({
      value: id,
      label: `${oneLine(title, 90)} (${OUTCOME_WORDS[outcome]})`,
    })),
    overrides: input.overrides.map(({ check, outcome, reason, by, at }) => ({
      by,
      word: `${titleOf(card, check)} set to ${OUTCOME_WORDS[outcome].toLowerCase()}`,
      words: reason,
      at: moment(at),
    })),
    appeals: input.appeals.map(appealSaid),
    appealOpen: input.appeals.some(({ answer }) => answer === null),
    shares: input.shares.map((share) => shareRow(share, now)),
    attempts: input.attempts.map(({ run: attempt, createdAt, state, score, counts, regrade }) => ({
      href: state === 'done' ? `/submissions/${submission.id}/attempts/${attempt}` : null,
      at: moment(createdAt),
      state: STATE_WORDS[state],
      score: scoreWord(score),
      counts,
      regrade,
    })),
    rescorings: input.rescorings.map(({ by, reason, at, former, difference }) => ({
      by,
      word: `Regraded; the total was ${scoreWord(former)} before`,
      words: reason,
      at: moment(at),
      changes: difference ? changesOf(difference) : [],
    })),
    alike: input.alike.map(({ submission: other, share, name }) => ({
      href: `/submissions/${submission.id}/similarity/${other}`,
      name,
      share: `${Math.round(share * 100)} %`,
    })),
  };
}

const titleOf = (card: Scorecard | null, check: string): string =>
  oneLine(card?.checks.find(({ id }) => id === check)?.title ?? check, 90);

const decisionSaid = ({ verdict, reason, by, at }: Decision): Said => ({
  by,
  word: DECISION_WORDS[verdict],
  words: reason,
  at: moment(at),
});

const appealSaid = ({ words, madeAt, answer }: Appeal): ReviewView['appeals'][number] => ({
  by: 'The candidate',
  word: 'Appeal',
  words,
  at: moment(madeAt),
  answer: answer && {
    by: answer.by,
    word: answer.upheld ? 'Upheld' : 'Not upheld',
    words: answer.words,
    at: moment(answer.at),
  },
});

/** The questions of the interview kit, those that somebody wrote on although the kit has others now, and the whole. */
function questionRows(card: Scorecard | null, { notes }: Review, me: string): QuestionRow[] {
  const kit = card?.status === 'graded' ? interviewKit(card) : [];
  const known = new Set([OVERALL, ...kit.map(({ check }) => check)]);
  const former = [...new Set(notes.map(({ question }) => question))].filter(
    (question) => !known.has(question),
  );
  const asked = [
    { check: OVERALL, ask: 'Overall', listenFor: '', because: 'What you think of the whole.' },
    ...kit.map(({ check, ask, listenFor, because }) => ({ check, ask, listenFor, because })),
    ...former.map((check) => ({ check, ask: titleOf(card, check), listenFor: '', because: '' })),
  ];
  return asked.map((question) => {
    const own = notes.filter((note) => note.question === question.check);
    const mine = own.find(({ author }) => author.id === me);
    return {
      ...question,
      note: mine?.note ?? '',
      ratings: RATING_WORDS.map((label, value) => ({
        value: value === 0 ? '' : String(value),
        label,
        selected: (mine?.rating ?? 0) === value,
      })),
      others: own
        .filter(({ author }) => author.id !== me)
        .map(({ author, note, rating, writtenAt }) => ({
          by: author.name,
          word: RATING_WORDS[rating ?? 0] ?? '',
          words: note,
          at: moment(writtenAt),
        })),
    };
  });
}

function shareRow(share: ShareLink, now: Date): ReviewView['shares'][number] {
  const works = share.revokedAt === null && share.expiresAt > now;
  const state = share.revokedAt ? 'withdrawn' : works ? `until ${moment(share.expiresAt).words}` : 'over';
  return {
    id: share.id,
    audience: share.audience === 'team' ? 'Everything' : 'Without what is hidden',
    state,
    works,
    opened: share.opened,
  };
}

export const reviewPage = definePage<ReviewView>('review', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
});
