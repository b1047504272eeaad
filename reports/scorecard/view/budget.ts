import type { ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';
import { isUnmeasured, lostPoints } from '../../text/counts.js';
import { clip } from '../../text/visible.js';

/** Characters of evidence on one page; the rest is in scorecard.json. Keeps any page, also a hostile one, quick to open. */
const PAGE = 200_000;
const CHECK = 24_000;
/** About what the markup around one piece of evidence takes. */
const PIECE = 900;

/** What one check may still show. Failed checks get four times as much as passed ones. */
export class Budget {
  constructor(private left: number) {}

  /** Pays for one more piece of evidence; false when there is no room for it. */
  open(): boolean {
    this.left -= PIECE;
    return this.left > 0;
  }

  /** The text, cut to `max` and to what is left. */
  take(text: string, max: number): string {
    const room = Math.max(80, Math.min(max, this.left));
    this.left -= Math.min(text.length, room);
    return clip(text, room);
  }
}

/** Shares the page among its checks. */
export function shareBudget(checks: readonly ScorecardCheck[]): (check: ScorecardCheck) => Budget {
  const all = checks.reduce((sum, check) => sum + need(check), 0);
  return (check) => new Budget(Math.min(CHECK, (PAGE * need(check)) / all));
}

function need(check: ScorecardCheck): number {
  if (check.evidence.length === 0) return 0;
  return lostPoints(check) > 0 ? 4 : isUnmeasured(check) ? 2 : 1;
}
