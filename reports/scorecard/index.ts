export { SCORECARD_POLICY } from './assets.js';
export { contentHash, renderScorecard } from './render.js';
export type { Audience } from './render.js';
