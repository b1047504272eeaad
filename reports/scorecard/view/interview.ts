import type { Scorecard, ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { OUTCOME_WORDS } from '../../text/words.js';
import { checkAnchor } from './anchors.js';
import { costliest, hardestFirst, practiceTitle } from './highlights.js';
import { impactOn } from './impact.js';

/** Most questions about what went wrong; the rest of the kit is about what went well. */
const FROM_LOST = 6;
const LEAST = 6;
const MOST = 8;

export interface QuestionView {
  readonly number: number;
  /** Id of the check that the question comes from. */
  readonly check: string;
  readonly ask: string;
  readonly listenFor: string;
  readonly because: string;
  readonly outcomeWord: string;
  readonly outcome: ScorecardCheck['outcome'];
  readonly anchor: string;
  readonly area: string;
}

/**
 * Five to eight questions from what was found: the costliest failures first, one for each practice before a second, then
 * the hardest things that went well, so that the talk is not about failures alone. Empty when nothing ran.
 */
export function interviewKit(card: Scorecard): QuestionView[] {
  const impact = impactOn(card);
  const passed = card.checks
    .filter((check) => check.outcome === 'pass')
    .sort((a, b) => hardestFirst(a, b) || impact(b, b.maxPoints) - impact(a, a.maxPoints));
  if (passed.length === 0) return [];
  const lost = spread(costliest(card)).slice(0, FROM_LOST);
  const wanted = Math.min(MOST, Math.max(LEAST, lost.length + 2));
  const areas = new Set(lost.map((check) => check.practice));
  const strong = spread(passed.filter((check) => !areas.has(check.practice)));
  const chosen = [...lost, ...strong, ...passed].filter(
    (check, index, all) =>
      check.questions.length > 0 && all.findIndex((other) => asks(other) === asks(check)) === index,
  );
  return chosen.slice(0, wanted).map((check, index) => question(check, index + 1));
}

/** The first of each practice, then the seconds, and so on. */
function spread(checks: readonly ScorecardCheck[]): ScorecardCheck[] {
  const turn = (check: ScorecardCheck, index: number) =>
    checks.slice(0, index).filter((before) => before.practice === check.practice).length;
  return checks
    .map((check, index) => ({ check, turn: turn(check, index) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ check }) => check);
}

function asks(check: ScorecardCheck): string | undefined {
  return check.questions[0]?.ask;
}

function question(check: ScorecardCheck, number: number): QuestionView {
  const [first] = check.questions;
  return {
    number,
    check: check.id,
    ask: oneLine(first?.ask ?? '', 600),
    listenFor: oneLine(first?.listenFor ?? '', 800),
    because: oneLine(check.title),
    outcomeWord: OUTCOME_WORDS[check.outcome],
    outcome: check.outcome,
    anchor: checkAnchor(check.id),
    area: practiceTitle(check),
  };
}
