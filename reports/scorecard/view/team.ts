import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import type { CheckPartial, ChecksView } from './checks.js';
import { checksView } from './checks.js';
import type { HeaderView } from './header.js';
import { headerView } from './header.js';
import type { Highlight } from './highlights.js';
import { concerns, strengths } from './highlights.js';
import type { QuestionView } from './interview.js';
import { interviewKit } from './interview.js';
import type { LevelView } from './levels.js';
import { levelViews } from './levels.js';
import type { PerformanceView } from './performance.js';
import { performanceView } from './performance.js';
import type { TotalView } from './total.js';
import { totalView } from './total.js';
import type { TrustView } from './trust.js';
import { trustView } from './trust.js';
import type { VerdictView } from './verdict.js';
import { verdictView } from './verdict.js';

/** Everything on the hiring team's page, as text that is safe to show and figures that are ready to draw. */
export interface TeamView {
  readonly title: string;
  readonly header: HeaderView;
  readonly verdict: VerdictView | null;
  readonly total: TotalView;
  /** Null unless the run was graded; what follows is empty or null then too, but for notes and trust. */
  readonly levels: readonly LevelView[] | null;
  readonly strengths: readonly Highlight[];
  readonly concerns: readonly Highlight[];
  readonly notes: readonly string[];
  readonly checks: ChecksView | null;
  readonly performance: PerformanceView | null;
  readonly questions: readonly QuestionView[];
  readonly trust: TrustView;
}

/** Pure. `hash` is the SHA-256 of the scorecard's JSON; `partial` says how each check is shown. */
export function teamView(card: Scorecard, hash: string, partial: CheckPartial = 'check'): TeamView {
  const graded = card.status === 'graded';
  const header = headerView(card);
  const verdict = verdictView(card);
  return {
    title: `${header.who}: ${header.assessment}`,
    header,
    verdict,
    total: totalView(card),
    levels: graded ? levelViews(card) : null,
    strengths: graded ? strengths(card) : [],
    concerns: graded ? worries(card, verdict) : [],
    notes: card.notes.slice(0, 40).map((note) => oneLine(note.message, 600)),
    checks: graded ? checksView(card, partial) : null,
    performance: performanceView(card),
    questions: graded ? interviewKit(card) : [],
    trust: trustView(card, hash),
  };
}

/** Where nothing ran, forty checks failed for one reason; that reason is the concern. */
function worries(card: Scorecard, verdict: VerdictView | null): Highlight[] {
  if (verdict === null || card.checks.some((check) => check.outcome === 'pass')) return concerns(card);
  return [{ title: verdict.heading, detail: verdict.message, anchor: 'verdict', cost: null }];
}
