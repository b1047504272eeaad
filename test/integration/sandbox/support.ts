import { join } from 'node:path';
import { ensureImages } from '../../../docker/images.js';
import { projectRoot } from '../../../docker/paths.js';
import type { Images } from '../../../docker/types.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';

export const images = (): Promise<Images> =>
  ensureImages(dockerImageStore({}), { stateDir: join(projectRoot, '.assayer'), say: () => undefined });
