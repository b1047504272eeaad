export { runPreflight } from './run.js';
export type { HostCheck, PreflightReport, PreflightResult } from './types.js';
