import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { toCsv, toJson, toJunit, toMarkdown, toTerminal } from '../../../reports/formats/index.js';
import { renderScorecard } from '../../../reports/scorecard/index.js';
import { HIDDEN_CANARY } from '../pack/canary.js';
import type { Grading, REPORTS } from './schema.js';

const RENDER: Readonly<Record<(typeof REPORTS)[number], (card: Scorecard) => string>> = {
  html: (card) => renderScorecard(card, { audience: 'team' }),
  markdown: toMarkdown,
  junit: toJunit,
  csv: toCsv,
  terminal: (card) => toTerminal(card),
};

/** What a scorecard gives away that it must not, and what came alive in a report; one sentence each. */
export function spilled(card: Scorecard, inert: Grading['inert'], hostSecret: string): string[] {
  const problems: string[] = [];
  if (renderScorecard(card, { audience: 'candidate' }).includes(HIDDEN_CANARY)) {
    problems.push('the page for the candidate gives hidden checks away');
  }
  if (card.verdict?.logTail.includes(HIDDEN_CANARY)) problems.push('the log tail gives hidden checks away');
  if (toJson(card).includes(hostSecret)) problems.push('the scorecard holds the text of a file of the host');
  for (const [format, patterns] of Object.entries(inert ?? {})) {
    const text = RENDER[format as keyof typeof RENDER](card);
    const alive = patterns.filter((pattern) => new RegExp(pattern, 'im').test(text));
    problems.push(...alive.map((pattern) => `${format} has /${pattern}/ alive in it`));
  }
  return problems;
}
