import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { shortText } from '../../assessments/kit/index.js';
import type { Outcome } from '../../runners/install/types.js';
import { Refusal } from './refusal.js';
import type { IntakeSource } from './types.js';

/**
 * What a person means by one word on the command line: a folder, an archive, or a git URL with an optional `#ref`.
 * A local path that is a bare repository is fetched with git.
 */
export async function parseSource(text: string): Promise<Outcome<IntakeSource>> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const [url = '', ref = ''] = text.split('#', 2);
    return { ok: true, value: { kind: 'git', url, ref: ref === '' ? null : ref } };
  }
  const path = resolve(text);
  const facts = await stat(path).catch(() => null);
  if (facts?.isFile()) return { ok: true, value: { kind: 'archiveFile', path } };
  if (facts?.isDirectory()) {
    const bare = (await isFolder(`${path}/objects`)) && (await isFolder(`${path}/refs`));
    return { ok: true, value: bare ? { kind: 'git', url: path, ref: null } : { kind: 'directory', path } };
  }
  const refusal = new Refusal(
    'sourceRefused',
    `"${shortText(text)}" is no folder, archive or https URL. Give one of these.`,
  );
  return { ok: false, verdict: refusal.verdict() };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
