import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { planInstall, type InstallPlan } from '../../../runners/install/index.js';
import { installFiles } from '../../../runners/install/lockfile/index.js';

export type Files = Readonly<Record<string, string | object>>;

/** Manifests of a service that can be started, without dependencies and with one. */
export const START = { scripts: { start: 'node app.js' } };
export const withDeps = (more: object = {}): object => ({ ...START, dependencies: { ms: '2.1.3' }, ...more });

/** A submission in memory; objects become JSON, unless they are bytes. */
export function archiveOf(files: Files): SubmissionArchive {
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      Buffer.isBuffer(content)
        ? content
        : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    ]),
  );
  return {
    digest: createHash('sha256').update(JSON.stringify(files)).digest('hex'),
    bytes: 0,
    paths: [...contents.keys()].sort(),
    open: () => Readable.from([]),
    read: (path, maxBytes) => {
      const content = contents.get(path) ?? null;
      if (content === null || content.length <= maxBytes) return Promise.resolve(content);
      return Promise.reject(Object.assign(new Error('too large'), { code: 'EFBIG' }));
    },
  };
}

export async function planOf(files: Files): Promise<InstallPlan> {
  const outcome = await planInstall(archiveOf(files));
  if (!outcome.ok) throw new Error(`${outcome.verdict.code}: ${outcome.verdict.message}`);
  return outcome.value;
}

export async function refusalOf(files: Files): Promise<{ code: string; message: string }> {
  const outcome = await planInstall(archiveOf(files));
  if (outcome.ok) throw new Error('It was planned.');
  return outcome.verdict;
}

export const codes = (plan: InstallPlan): string[] => plan.notes.map(({ code }) => code);

export const HASH = 'sha512-AAAA';
export const REGISTRY = 'http://127.0.0.1:4873/';

/** The files an install runs on, by path. */
export async function cleaned(files: Files): Promise<ReadonlyMap<string, string>> {
  const outcome = await installFiles(await planOf(files), archiveOf(files));
  if (!outcome.ok) throw new Error(`${outcome.verdict.code}: ${outcome.verdict.message}`);
  return new Map([...outcome.value].map(([path, bytes]) => [path, bytes.toString()]));
}

/** Why the dependencies are refused. */
export async function refused(files: Files): Promise<string> {
  const outcome = await installFiles(await planOf(files), archiveOf(files));
  if (outcome.ok) throw new Error('It was taken.');
  if (outcome.verdict.code !== 'depsRefused') throw new Error(`It was ${outcome.verdict.code}.`);
  return outcome.verdict.message;
}

export const manifest = (dependencies: object = { a: '1.0.0' }, more: object = {}): object => ({
  scripts: { start: 'node .', postinstall: 'evil' },
  dependencies,
  ...more,
});
