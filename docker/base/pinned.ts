import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imagesDir } from '../paths.js';
import { NODE_MAJORS, type NodeMajor } from '../types.js';

/** A root file system made of Debian packages. `extract` only unpacks them; `essential` sets up a whole system. */
export interface RootFs {
  readonly variant: 'extract' | 'essential';
  readonly packages: readonly string[];
}

/** What base images are made of, as docker/images/base.json says. */
export interface BasePins {
  /** References; `VERSION` in `node` stands for the pinned Node version. */
  readonly official: {
    readonly os: string;
    readonly toolchain: string;
    readonly node: string;
    readonly busybox: string;
  };
  readonly debian: {
    readonly os: RootFs;
    readonly toolchain: RootFs;
    readonly leftOut: readonly string[];
    readonly busybox: string;
  };
  readonly refreshed: string;
}

export const basePins = (): BasePins => read<BasePins>('base.json');

/** The exact Node of each major, read from the lockfile that pins it for both roads. */
export function nodeVersions(): Readonly<Record<NodeMajor, string>> {
  const lock = read<{ packages: Record<string, { version?: string }> }>('node/package-lock.json');
  const version = (major: NodeMajor): [NodeMajor, string] => {
    const pinned = lock.packages[`node_modules/node${major}`]?.version;
    if (pinned === undefined) throw new Error(`docker/images/node/package-lock.json pins no Node ${major}.`);
    return [major, pinned];
  };
  return Object.fromEntries(NODE_MAJORS.map(version)) as Record<NodeMajor, string>;
}

const read = <T>(file: string): T => JSON.parse(readFileSync(join(imagesDir, file), 'utf8')) as T;
