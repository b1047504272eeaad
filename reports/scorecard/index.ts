export { SCORECARD_POLICY } from './assets.js';
export { contentHash, renderScorecard } from './render.js';
export { oneCheck } from './view/checks.js';
export type { CheckView } from './view/checks.js';
export { teamView } from './view/team.js';
export type { TeamView } from './view/team.js';
export type { Audience } from './render.js';
