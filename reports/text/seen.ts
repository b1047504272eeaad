import type { ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { oneLine } from './visible.js';

type Told = Pick<ScorecardCheck, 'message' | 'expected' | 'observed'>;

/**
 * What a check found, as a sentence for who reads no further: `More calls were open at once than the bound allows:
 * expected at most 3, observed 6.` A message that says itself what was observed stays as it is.
 */
export function seen({ message, expected, observed }: Told): string {
  const said = capital(oneLine(message).replace(/\.$/, ''));
  if (observed === null || message.includes(observed)) return `${said}.`;
  const wanted = expected === null ? '' : `expected ${oneLine(expected, 120)}, `;
  return `${said}: ${wanted}observed ${oneLine(observed, 120)}.`;
}

/** Only a plain word: a path, an id or a name of code stays as it is written. */
const capital = (text: string): string =>
  text.replace(/^[a-z]+(?=[ ,:]|$)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
