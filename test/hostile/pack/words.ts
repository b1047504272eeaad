import type { CheckMeta } from 'assayer/kit';
import { HIDDEN_CANARY } from './canary.js';

type Chosen = Pick<CheckMeta, 'id' | 'publicTitle' | 'topic' | 'practice' | 'level' | 'dimension' | 'points'>;

/** The words of a check. All that a candidate must not read carries the canary. */
export function secretly(chosen: Chosen & Partial<CheckMeta>): CheckMeta {
  return {
    title: `${chosen.publicTitle} (${HIDDEN_CANARY})`,
    why: `The corpus needs it (${HIDDEN_CANARY}).`,
    remedy: `Serve the contract of the notes exercise (${HIDDEN_CANARY}).`,
    questions: [{ ask: `Why? (${HIDDEN_CANARY})`, listenFor: `Because (${HIDDEN_CANARY}).` }],
    ...chosen,
  };
}

/** What a failed check says, canary included. */
export const because = (message: string): string => `${message} (${HIDDEN_CANARY})`;
