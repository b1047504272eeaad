/** The container layer. Only this folder knows the engine. */
export { dockerSandbox } from './sandbox.js';
export type { SandboxOptions } from './options.js';
export { admission, hostCapacity, podNeeds, type Admit, type PodNeeds } from './admission.js';
export {
  runPreflight,
  type HostCheck,
  type PreflightReport,
  type PreflightResult,
} from './preflight/index.js';
export { SandboxError } from './types.js';
export type * from './types.js';
