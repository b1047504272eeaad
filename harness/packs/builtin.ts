import { join } from 'node:path';
import { projectRoot } from '../../docker/paths.js';

/** Packs that come with the program. */
export const PACKS_DIR = join(projectRoot, 'assessments');
