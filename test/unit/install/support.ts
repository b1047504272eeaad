import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { planInstall, type InstallPlan } from '../../../runners/install/index.js';

export type Files = Readonly<Record<string, string | object>>;

/** A submission in memory; objects become JSON. */
export function archiveOf(files: Files): SubmissionArchive {
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
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
