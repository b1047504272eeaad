/**
 * Scoring was given what it cannot judge. Always our own fault: `findingsIncomplete` when findings and declared checks are
 * not the same set, `internal` for everything else. Both are verdict codes of the kind `ours`.
 */
export class ScoringError extends Error {
  constructor(
    readonly code: 'findingsIncomplete' | 'internal',
    message: string,
  ) {
    super(message);
    this.name = 'ScoringError';
  }
}
