import { join } from 'node:path';
import { projectRoot } from '../../../docker/paths.js';

/** What the demo submits: three honest solutions, and one that does not start. */
export const DEMO_ASSESSMENT = 'webhook-receiver';

export interface Sample {
  readonly name: string;
  readonly dir: string;
}

const solution = (level: string): string =>
  join(projectRoot, 'assessments', DEMO_ASSESSMENT, 'solutions', level);

export const SAMPLES: readonly Sample[] = [
  { name: 'junior', dir: solution('junior') },
  { name: 'mid', dir: solution('mid') },
  { name: 'senior', dir: solution('senior') },
  { name: 'broken', dir: join(projectRoot, 'docker', 'demo', 'broken') },
];
