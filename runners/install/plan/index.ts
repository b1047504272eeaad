import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { localFiles } from '../lockfile/local.js';
import type { InstallPlan, Manager, PlanInstall } from '../types.js';
import { stopped } from '../verdicts.js';
import { findLayout, inFolder, noStart, type Layout } from './layout.js';
import { chooseManager } from './manager.js';
import { readSmall, readText, stringMap, type JsonObject } from './manifest.js';
import { chooseNode, type NodeWish } from './node-version.js';
import { sanitizeManifest } from './sanitize.js';
import { buildCommand, startCommand } from './start.js';

/** Raised when the way of installing changes, so that no cache of an older way is used. */
const RECIPE = '1';
/** A patch, or a package that lies in the repo. */
const EXTRA_BYTES = 16 * 1024 * 1024;
const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

export const planInstall: PlanInstall = async (archive) => {
  const found = await findLayout(archive);
  if (!found.ok) return found;
  const layout = found.value;
  const { installRoot, serviceRoot, manifests } = layout;
  const root = manifestOf(layout, installRoot);
  const service = manifestOf(layout, serviceRoot);

  const start = startCommand(service, archive.paths.includes(inFolder(serviceRoot, 'server.js')));
  if (start === null) return noStart(service);

  const node = chooseNode(await nodeWishes(archive, layout));
  const hasDependencies = [...manifests.values()].some(dependsOnSomething);
  const choice = await chooseManager(root, namesIn(installRoot, archive.paths), (name, maxBytes) =>
    readText(archive, inFolder(installRoot, name), maxBytes),
  );
  const lockPath = choice.lockfile === null ? null : inFolder(installRoot, choice.lockfile.name);
  const lockText = choice.lockfile?.text ?? null;
  if (lockPath !== null && lockText === null) {
    return stopped(
      'depsRefused',
      `${lockPath} is larger than any real one. Make it anew with your package manager.`,
    );
  }

  const extra = extraFiles(archive.paths, layout, choice.manager);
  const manifestPaths = [
    ...new Set([
      ...[...manifests.keys()].map((folder) => inFolder(folder, 'package.json')),
      ...(lockPath === null ? [] : [lockPath]),
      ...extra,
    ]),
  ].sort();
  const plan: Omit<InstallPlan, 'cacheKey'> = {
    manager: choice.manager,
    nodeMajor: node.major,
    root: serviceRoot,
    installRoot,
    lockfile: lockPath,
    manifestPaths,
    hasLockfile: lockPath !== null,
    hasDependencies,
    build: build(layout, root, service),
    start,
    notes: [
      ...layout.notes,
      ...(hasDependencies ? choice.notes : []),
      ...(node.note === null ? [] : [node.note]),
    ],
  };
  const cacheKey = await keyOf(plan, layout, lockText, extra, archive);
  return { ok: true, value: { ...plan, cacheKey } };
};

const manifestOf = (layout: Layout, folder: string): JsonObject => layout.manifests.get(folder) ?? {};

const dependsOnSomething = (manifest: JsonObject): boolean =>
  DEPENDENCY_FIELDS.some((field) => stringMap(manifest[field]).size > 0);

/** The root's build comes first: in a monorepo it knows the order. It runs from the service's folder. */
function build(layout: Layout, root: JsonObject, service: JsonObject): string | null {
  const ofRoot = buildCommand(root);
  if (ofRoot === null || layout.installRoot === layout.serviceRoot) return buildCommand(service);
  return `cd ${posix.relative(`/${layout.serviceRoot}`, `/${layout.installRoot}`)} && ${ofRoot}`;
}

function namesIn(folder: string, paths: readonly string[]): ReadonlySet<string> {
  const prefix = folder === '' ? '' : `${folder}/`;
  return new Set(paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length)));
}

async function nodeWishes(archive: SubmissionArchive, layout: Layout): Promise<readonly NodeWish[]> {
  const wishes: NodeWish[] = [];
  for (const folder of new Set([layout.serviceRoot, layout.installRoot, ''])) {
    const engines = stringMap(layout.manifests.get(folder)?.['engines']).get('node');
    if (engines !== undefined)
      wishes.push({ from: `"engines" in ${inFolder(folder, 'package.json')}`, text: engines });
    for (const name of ['.nvmrc', '.node-version']) {
      const text = await readText(archive, inFolder(folder, name), 256);
      if (text !== null) wishes.push({ from: inFolder(folder, name), text });
    }
  }
  return wishes;
}

/** Files beside manifests and lockfile that an install reads: pnpm's settings, patches, packages that lie in the repo. */
function extraFiles(paths: readonly string[], layout: Layout, manager: Manager): readonly string[] {
  const { installRoot, manifests } = layout;
  const settings = inFolder(installRoot, 'pnpm-workspace.yaml');
  const patches = inFolder(installRoot, 'patches/');
  const local = localFiles(manifests, paths, manager !== 'npm');
  return [
    ...new Set([
      ...paths.filter((path) => manager === 'pnpm' && (path === settings || path.startsWith(patches))),
      ...local,
    ]),
  ];
}

async function keyOf(
  plan: Omit<InstallPlan, 'cacheKey'>,
  { installRoot, manifests }: Layout,
  lockText: string | null,
  extra: readonly string[],
  archive: SubmissionArchive,
): Promise<string> {
  const hash = createHash('sha256');
  const add = (...parts: readonly unknown[]): void => void hash.update(`${JSON.stringify(parts)}\n`);
  add(RECIPE, plan.manager, plan.nodeMajor, process.arch, installRoot, plan.lockfile);
  for (const folder of [...manifests.keys()].sort()) {
    add(folder, sanitizeManifest(manifests.get(folder) ?? {}, folder === installRoot, plan.manager));
  }
  add(lockText);
  for (const path of extra) {
    // Of the bytes: as text, two tarballs may be the same.
    const bytes = await readSmall(archive, path, EXTRA_BYTES);
    add(path, bytes === null ? null : createHash('sha256').update(bytes).digest('hex'));
  }
  return hash.digest('hex');
}
