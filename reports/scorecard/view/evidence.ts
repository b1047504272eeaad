import type { Evidence } from '../../../assessments/kit/index.js';
import type { ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { duration, figure, plural } from '../../text/words.js';
import type { Budget } from './budget.js';
import { httpView } from './evidence-http.js';
import type { HttpView } from './evidence-http.js';
import { upstreamView } from './evidence-upstream.js';
import type { UpstreamView } from './evidence-upstream.js';

const LINES = 60;

/** One piece of evidence; `partial` names the template that draws it. */
export type EvidenceView =
  | HttpView
  | UpstreamView
  | {
      readonly partial: 'evidence-log';
      readonly label: string;
      readonly count: string;
      readonly text: string;
    }
  | {
      readonly partial: 'evidence-measure';
      readonly name: string;
      readonly value: string;
      readonly limit: string | null;
    }
  | { readonly partial: 'evidence-source'; readonly place: string; readonly snippet: string }
  | { readonly partial: 'evidence-note'; readonly text: string };

export interface ShownEvidence {
  readonly pieces: readonly EvidenceView[];
  /** What had no room; null when everything is shown. */
  readonly rest: string | null;
}

export function showEvidence(check: ScorecardCheck, budget: Budget): ShownEvidence {
  const pieces: EvidenceView[] = [];
  for (const evidence of check.evidence) {
    if (!budget.open()) break;
    pieces.push(view(evidence, budget));
  }
  const rest = check.evidence.length - pieces.length;
  return { pieces, rest: rest === 0 ? null : `${plural(rest, 'more piece')} of evidence in scorecard.json.` };
}

function view(evidence: Evidence, budget: Budget): EvidenceView {
  switch (evidence.kind) {
    case 'http':
      return httpView(evidence.label, evidence.exchange, budget);
    case 'upstream':
      return upstreamView(evidence.stub, evidence.calls, budget);
    case 'log':
      return {
        partial: 'evidence-log',
        label: oneLine(evidence.label, 80),
        count: plural(evidence.lines.length, 'line'),
        text: evidence.lines
          .slice(0, LINES)
          .map((line) => budget.take(line, 600))
          .join('\n'),
      };
    case 'measure':
      return {
        partial: 'evidence-measure',
        name: oneLine(evidence.name, 120),
        value: quantity(evidence.value, oneLine(evidence.unit, 20)),
        limit: evidence.limit === null ? null : oneLine(evidence.limit, 80),
      };
    case 'source':
      return {
        partial: 'evidence-source',
        place: `${oneLine(evidence.file, 160)}:${evidence.line}`,
        snippet: budget.take(evidence.snippet, 1500),
      };
    case 'note':
      return { partial: 'evidence-note', text: budget.take(evidence.text, 1500) };
  }
}

function quantity(value: number, unit: string): string {
  if (unit === 'ms' && value >= 0 && value < 1e9) return duration(value);
  const amount = Math.abs(value) < 1e15 ? figure(value) : value.toExponential(2);
  return unit === '' ? amount : `${amount} ${unit}`;
}
