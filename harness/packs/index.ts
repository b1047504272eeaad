export { PackError } from './error.js';
export { listPacks, resolvePack } from './find.js';
export { loadPack } from './load.js';
