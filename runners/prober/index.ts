export { openProber } from './open.js';
