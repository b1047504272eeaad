import { VERDICT_CODES } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { clip, oneLine, visible } from '../../text/visible.js';

const TAIL_LINES = 60;

/** The banner of a run that did not end in the ordinary way: whose doing it was comes first. */
export interface VerdictView {
  readonly tone: 'candidate' | 'ours' | 'refused';
  readonly heading: string;
  readonly consequence: string;
  readonly stage: string;
  readonly code: string;
  readonly message: string;
  /** The end of the output; null when there is none. */
  readonly tail: string | null;
}

const WORDS = {
  candidate: {
    heading: 'The submission did not run to the end',
    consequence: 'This is the submission’s doing: whatever could not be asked because of it earned nothing.',
  },
  ours: {
    heading: 'Not graded: a fault of the platform',
    consequence: 'The candidate had no part in this and loses nothing by it. Please run it again.',
  },
  refused: {
    heading: 'Refused before anything ran',
    consequence: 'There is no score. Once what is named here is put right, it can be handed in again.',
  },
} as const;

export function verdictView({ verdict }: Scorecard): VerdictView | null {
  if (verdict === null) return null;
  const tone = VERDICT_CODES[verdict.code];
  return {
    tone,
    ...WORDS[tone],
    stage: verdict.stage,
    code: verdict.code,
    message: oneLine(verdict.message, 2000),
    tail: logTail(verdict.logTail),
  };
}

function logTail(text: string): string | null {
  const lines = visible(text.slice(-20_000)).trimEnd().split('\n').slice(-TAIL_LINES);
  const tail = lines.map((line) => clip(line, 500)).join('\n');
  return tail.trim() === '' ? null : tail;
}
