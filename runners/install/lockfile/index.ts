import { posix } from 'node:path';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { readSmall } from '../plan/manifest.js';
import { sanitizeManifest, sanitizePnpmWorkspace } from '../plan/sanitize.js';
import type { InstallPlan, Manager, Outcome } from '../types.js';
import { stopped } from '../verdicts.js';
import { cleanNpmLock } from './npm.js';
import { cleanPnpmLock } from './pnpm.js';
import { checkManifest, DependencyRefused, parsedJson, unreadable, type LockContext } from './policy.js';
import { cleanYarnLock } from './yarn.js';

const FILE_BYTES = 16 * 1024 * 1024;
const SETTINGS_BYTES = 64 * 1024;

const CLEANERS: Readonly<Record<Manager, (text: string, context: LockContext) => string>> = {
  npm: cleanNpmLock,
  pnpm: cleanPnpmLock,
  yarn: cleanYarnLock,
};

/** The files an install runs on, by path: judged, and rewritten so that they name nothing but the registry. */
export async function installFiles(
  plan: InstallPlan,
  archive: SubmissionArchive,
): Promise<Outcome<ReadonlyMap<string, Buffer>>> {
  const paths = new Set(archive.paths);
  const context: LockContext = { file: plan.lockfile ?? '', folder: plan.installRoot, paths };
  const files = new Map<string, Buffer>();
  try {
    for (const path of plan.manifestPaths) {
      const isSettings = posix.basename(path) === 'pnpm-workspace.yaml';
      const bytes = await readSmall(archive, path, isSettings ? SETTINGS_BYTES : FILE_BYTES);
      if (bytes === null) throw unreadable(path, 'it is larger than any real one');
      files.set(path, cleaned(path, bytes, plan, context));
    }
    return { ok: true, value: files };
  } catch (error) {
    if (error instanceof DependencyRefused) return stopped('depsRefused', error.message);
    throw error;
  }
}

function cleaned(path: string, bytes: Buffer, plan: InstallPlan, context: LockContext): Buffer {
  const text = (): string => bytes.toString('utf8').replace(/^\ufeff/, '');
  if (path === plan.lockfile) return Buffer.from(CLEANERS[plan.manager](text(), context));
  const folder = posix.dirname(path).replace(/^\.$/, '');
  switch (posix.basename(path)) {
    case 'package.json': {
      const manifest = parsedJson(text(), path);
      checkManifest(path, folder, manifest, context);
      return Buffer.from(
        JSON.stringify(sanitizeManifest(manifest, folder === plan.installRoot, plan.manager)),
      );
    }
    case 'pnpm-workspace.yaml':
      return Buffer.from(sanitizePnpmWorkspace(text()));
    default:
      return bytes;
  }
}
