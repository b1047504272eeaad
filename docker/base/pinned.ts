import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imagesDir } from '../paths.js';
import { NODE_MAJORS, type NodeMajor } from '../types.js';

/** The exact Node of each major, read from the lockfile that pins it for both roads. */
export function nodeVersions(): Readonly<Record<NodeMajor, string>> {
  const lock = JSON.parse(readFileSync(join(imagesDir, 'node', 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const version = (major: NodeMajor): [NodeMajor, string] => {
    const pinned = lock.packages[`node_modules/node${major}`]?.version;
    if (pinned === undefined) throw new Error(`docker/images/node/package-lock.json pins no Node ${major}.`);
    return [major, pinned];
  };
  return Object.fromEntries(NODE_MAJORS.map(version)) as Record<NodeMajor, string>;
}
