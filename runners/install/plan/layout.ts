import { posix } from 'node:path';
import { shortText, type SubmissionArchive } from '../../../assessments/kit/index.js';
import type { Note, Outcome } from '../types.js';
import { stopped } from '../verdicts.js';
import { readManifest, readText, scriptOf, type JsonObject } from './manifest.js';
import { startsService } from './start.js';
import { matchingFolders, workspacePatterns } from './workspaces.js';

/** Where things are in a repo. Folders are seen from the root of the submission; `` is the root itself. */
export interface Layout {
  /** Where the package manager runs. */
  readonly installRoot: string;
  /** Where the service starts. */
  readonly serviceRoot: string;
  /** Every package.json an install reads, by its folder. */
  readonly manifests: ReadonlyMap<string, JsonObject>;
  readonly notes: readonly Note[];
}

/** More workspaces than a take-home exercise can have. */
const MAX_MANIFESTS = 100;

export const inFolder = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

/** Finds the package.json that counts, its workspaces, and the one that can be started. */
export async function findLayout(archive: SubmissionArchive): Promise<Outcome<Layout>> {
  const folders = manifestFolders(archive.paths);
  const read = (folder: string) => readManifest(archive, inFolder(folder, 'package.json'));
  const rooted = folders.includes('') ? folders : [''];

  if (!folders.includes('')) {
    const only = await onlyStartable(shallowest(folders), read);
    if (only === null) return noManifest(folders);
    const message = `There is no package.json at the root; the one in ${shortText(only)} was used.`;
    return single(only, [{ code: 'folderChosen', message }], read);
  }

  const root = await read('');
  if (!root.ok) return root;
  const pnpmWorkspace = await readText(archive, 'pnpm-workspace.yaml', 64 * 1024);
  const members = matchingFolders(workspacePatterns(root.value, pnpmWorkspace), rooted.filter(Boolean));
  const manifests = new Map([['', root.value]]);
  for (const folder of members.slice(0, MAX_MANIFESTS)) {
    const member = await read(folder);
    if (!member.ok) return member;
    manifests.set(folder, member.value);
  }
  const layout = (serviceRoot: string, notes: readonly Note[]): Outcome<Layout> => ({
    ok: true,
    value: { installRoot: '', serviceRoot, manifests, notes },
  });
  if (scriptOf(root.value, 'start') !== undefined || archive.paths.includes('server.js'))
    return layout('', []);

  const starting = [...manifests].filter(([, manifest]) => startsService(manifest));
  const [first, second] = starting.map(([folder]) => folder);
  if (second !== undefined) return severalStarts(starting.map(([folder]) => folder));
  if (first !== undefined) {
    const message = `The root has no start script; the workspace ${shortText(first)} was started.`;
    return layout(first, [{ code: 'workspaceChosen', message }]);
  }
  const below = members.length === 0 ? await onlyStartable(rooted.filter(Boolean), read, true) : null;
  if (below === null) return noStart(root.value);
  const message = `The root has no start script; the package in ${shortText(below)} was used.`;
  return single(below, [{ code: 'folderChosen', message }], read);
}

type Read = (folder: string) => Promise<Outcome<JsonObject>>;

async function single(folder: string, notes: readonly Note[], read: Read): Promise<Outcome<Layout>> {
  const manifest = await read(folder);
  if (!manifest.ok) return manifest;
  const manifests = new Map([[folder, manifest.value]]);
  return { ok: true, value: { installRoot: folder, serviceRoot: folder, manifests, notes } };
}

/** The only folder of several, or the only one of them with a start script; null when there is no such one. */
async function onlyStartable(
  folders: readonly string[],
  read: Read,
  mustStart = false,
): Promise<string | null> {
  if (folders.length === 1 && !mustStart) return folders[0] ?? null;
  const startable: string[] = [];
  for (const folder of folders.slice(0, MAX_MANIFESTS)) {
    const manifest = await read(folder);
    if (manifest.ok && startsService(manifest.value)) startable.push(folder);
  }
  return startable.length === 1 ? (startable[0] ?? null) : null;
}

function manifestFolders(paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
    .map((path) => posix.dirname(path).replace(/^\.$/, ''));
}

function shallowest(folders: readonly string[]): readonly string[] {
  const depth = (folder: string): number => folder.split('/').length;
  const least = Math.min(...folders.map(depth));
  return folders.filter((folder) => depth(folder) === least);
}

const list = (folders: readonly string[]): string =>
  folders
    .slice(0, 5)
    .map((folder) => shortText(folder === '' ? 'the root' : folder, 60))
    .join(', ');

function noManifest(folders: readonly string[]): Outcome<never> {
  const message =
    folders.length === 0
      ? 'The submission has no package.json. Add one with a start script, and submit the folder it is in.'
      : `There is no package.json at the root, and several below it (${list(folders)}). Submit the folder of the service.`;
  return stopped('noPackageJson', message);
}

function severalStarts(folders: readonly string[]): Outcome<never> {
  const message = `Several workspaces have a start script (${list(folders)}) and the root has none. Add one to the root that starts the service.`;
  return stopped('noStartScript', message);
}

/** The verdict that tells how to add a start script. */
export function noStart(manifest: JsonObject): Outcome<never> {
  const { main } = manifest;
  const file = typeof main === 'string' && /^[\w./-]{1,60}$/.test(main) ? main : '<file>';
  return stopped(
    'noStartScript',
    `package.json has no start script, and there is no server.js. Add "start": "node ${file}" to its scripts.`,
  );
}
