export { scoreRun } from './score-run.js';
export type { Policy, RunRecord } from './types.js';
