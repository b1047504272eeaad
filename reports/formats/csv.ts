import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../text/visible.js';
import { candidateName } from '../text/who.js';

type Cell = string | number | null;

const COLUMNS: Readonly<Record<string, (check: ScorecardCheck, card: Scorecard) => Cell>> = {
  assessment: (_, card) => card.assessment.id,
  version: (_, card) => card.assessment.version,
  candidate: (_, card) => card.submission.candidate,
  digest: (_, card) => card.submission.digest,
  check: (check) => check.id,
  title: (check) => check.title,
  topic: (check) => check.topic,
  practice: (check) => check.practice,
  level: (check) => check.level,
  dimension: (check) => check.dimension,
  outcome: (check) => check.outcome,
  points: (check) => check.points,
  maxPoints: (check) => check.maxPoints,
  message: (check) => check.message,
  expected: (check) => check.expected,
  observed: (check) => check.observed,
  durationMs: (check) => check.durationMs,
};

/** One line for each check (RFC 4180), safe to open in a spreadsheet: text that would be a formula begins with an apostrophe. */
export function toCsv(card: Scorecard): string {
  const rows = card.checks.map((check) => Object.values(COLUMNS).map((column) => cell(column(check, card))));
  return lines([Object.keys(COLUMNS), ...rows]);
}

/** Scorecards of one version of an assessment side by side: one line for the totals, then one for each check. */
export function toComparisonCsv(cards: readonly Scorecard[]): string {
  const names = cards.map(({ submission }) => cell(candidateName(submission.candidate, submission.digest)));
  const totals = cards.map(({ overall }) => cell(overall.score));
  const rows = (cards[0]?.checks ?? []).map(({ id, title, topic, level, maxPoints }) => [
    ...[id, title, topic, level, maxPoints].map(cell),
    ...cards.map(({ checks }) => cell(checks.find((check) => check.id === id)?.points ?? null)),
  ]);
  return lines([
    ['check', 'title', 'topic', 'level', 'maxPoints', ...names],
    ['total', '', '', '', '100', ...totals],
    ...rows,
  ]);
}

const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join(',')}\r\n`).join('');

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const line = oneLine(value, 4000);
  // Full-width signs count too: some spreadsheets take them for the plain ones.
  const text = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line;
  return `"${text.replaceAll('"', '""')}"`;
}
