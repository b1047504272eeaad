/** The container layer. Only this folder knows the engine; `preflight` proves that it isolates. */
export { dockerSandbox } from './sandbox.js';
export { admission, hostCapacity } from './admission.js';
export { SandboxError } from './types.js';
export type * from './types.js';
