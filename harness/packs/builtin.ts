import { join } from 'node:path';
import { projectRoot } from '../../docker/paths.js';
import type { Config } from '../config.js';

/** Packs that come with the program. */
export const PACKS_DIR = join(projectRoot, 'assessments');

/** Where an assessment is looked up by its id: what comes with the program first, then the folders of the settings. */
export const packRoots = (config: Pick<Config, 'packDirs'>): readonly string[] => [
  PACKS_DIR,
  ...config.packDirs,
];
