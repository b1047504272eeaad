export { ScoringError } from './errors.js';
export { scoreRun } from './score-run.js';
export type { Policy, RunRecord, ScoreRun } from './types.js';
