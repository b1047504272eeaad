import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../../docker/paths.js';
import type { IntakeSource } from '../../../harness/intake/types.js';
import { corpusDir, type Fixture } from './corpus.js';
import { generate } from './generate.js';
import type { Grading } from './schema.js';
import { tar } from './tar.js';
import { zip } from './zip.js';

/** What a fixture's `generate.ts` exports as its default. */
export type Generate = (site: Site) => Promise<void> | void;

export interface Site {
  /** Where to write: the folder that is handed in, or the empty folder that collects archives. */
  readonly dir: string;
  /** A file of this host that must stay as it is, and whose text must appear nowhere. */
  readonly canary: string;
  /** Nothing may ever come to exist here: what a hook or filter would write if it ran on this host. */
  readonly tripwire: string;
}

/** Something to hand in, and what to call it where it fares worse than expected. */
export interface Material {
  readonly label: string;
  readonly source: IntakeSource;
  /** A command line takes paths of its machine; a server does not. */
  readonly allowLocal: boolean;
}

/** Lays a fixture out under `site.dir` and says what to hand in. */
export async function prepare(fixture: Fixture, { submit }: Grading, site: Site): Promise<Material[]> {
  if (submit.as === 'git') return submit.urls.map(fromUrl);
  await mkdir(site.dir, { recursive: true });
  if (submit.as !== 'archives') await layOut(fixture, submit.over, site.dir);
  await generate(fixture.name, site);
  switch (submit.as) {
    case 'directory':
      return [local(fixture.name, { kind: 'directory', path: site.dir })];
    case 'archives':
      return (await readdir(site.dir)).sort().map((name) => archive(name, join(site.dir, name)));
    case 'zip':
    case 'tar':
    case 'tar.gz':
      return [archive(fixture.name, await pack(site.dir, submit.as))];
  }
}

const FOUNDATIONS = {
  base: join(corpusDir, 'base'),
  reference: join(projectRoot, 'assessments', 'webhook-receiver', 'solutions', 'senior'),
} as const;

async function layOut(
  fixture: Fixture,
  over: keyof typeof FOUNDATIONS | undefined,
  dir: string,
): Promise<void> {
  if (over) await cp(FOUNDATIONS[over], dir, { recursive: true });
  const own = join(fixture.dir, 'submission');
  if (existsSync(own)) await cp(own, dir, { recursive: true });
}

async function pack(dir: string, as: 'zip' | 'tar' | 'tar.gz'): Promise<string> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.map(async (path) => ({ name: relative(dir, path), body: await readFile(path) })),
  );
  const file = `${dir}.${as}`;
  await writeFile(file, as === 'zip' ? zip(files) : as === 'tar' ? tar(files) : gzipSync(tar(files)));
  return file;
}

/** `url#ref`, as on the command line. */
function fromUrl(label: string): Material {
  const [url = '', ref] = label.split('#', 2);
  return { label, source: { kind: 'git', url, ref: ref ?? null }, allowLocal: false };
}

const archive = (label: string, path: string): Material => local(label, { kind: 'archiveFile', path });
const local = (label: string, source: IntakeSource): Material => ({ label, source, allowLocal: true });
