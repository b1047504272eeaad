import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../docker/paths.js';

/** The program's version, from the one place where it stands. */
export function programVersion(): string {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
