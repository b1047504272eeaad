import { oneLine } from './visible.js';

/**
 * What a candidate is called: the name, or where none is known or shown, an id that is the same for the same submission in
 * every report. `digest` is null until something was taken in.
 */
export function candidateName(candidate: string | null, digest: string | null): string {
  if (candidate !== null) return oneLine(candidate, 120);
  return digest === null
    ? 'Unnamed candidate'
    : `Candidate ${digest.slice(0, 4)}-${digest.slice(4, 8)}`.toUpperCase();
}
