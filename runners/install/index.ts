/** Gets a submission ready to start: what it needs, from where, and built. */
export { installDependencies } from './steps/install.js';
export { prepareWork } from './steps/prepare.js';
export { planInstall } from './plan/index.js';
export { INSTALLING_MB } from './steps/limits.js';
export { createRegistryProxy } from './registry/index.js';
export type * from './types.js';
