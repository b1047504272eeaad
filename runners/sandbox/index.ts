/** The container layer. Only this folder knows the engine. */
export { dockerSandbox } from './sandbox.js';
export type { SandboxOptions } from './options.js';
export { SandboxError } from './types.js';
export type * from './types.js';
