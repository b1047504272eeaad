import { join } from 'node:path';
import type { EraseDeps } from '../review/erase.js';
import type { ApiDeps } from './types.js';

/** What erasing needs of what the routes have. */
export const eraseDeps = ({ store, queue, config }: ApiDeps): EraseDeps => ({
  store,
  queue,
  blobsDir: join(config.stateDir, 'blobs'),
});
