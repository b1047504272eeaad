export { runPreflight } from './run.js';
export type { Answer, HostCheck, PreflightReport, PreflightResult } from './types.js';
