import { createHash } from 'node:crypto';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import { toJson } from '../formats/json.js';
import { renderPage } from './assets.js';
import { candidateView } from './view/candidate.js';
import { teamView } from './view/team.js';

/** `team`: everything. `candidate`: public titles and outcomes, nothing that gives a hidden check away. */
export type Audience = 'team' | 'candidate';

/** A scorecard as one self-contained HTML page: no request leaves it, and text of candidates stays text. */
export function renderScorecard(card: Scorecard, { audience }: { readonly audience: Audience }): string {
  switch (audience) {
    case 'team':
      return renderPage({ page: 'team', view: teamView(card, contentHash(card)) });
    case 'candidate':
      return renderPage({ page: 'candidate', view: candidateView(card) });
  }
}

/** SHA-256 of `scorecard.json`, byte for byte, in hex. */
export function contentHash(card: Scorecard): string {
  return createHash('sha256').update(toJson(card)).digest('hex');
}
