export { SCORECARD_POLICY } from './assets.js';
export { renderScorecard } from './render.js';
export type { Audience } from './render.js';
