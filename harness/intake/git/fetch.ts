import { lookup } from 'node:dns/promises';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortText, tailText } from '../../../assessments/kit/index.js';
import type { IntakeLimits } from '../limits.js';
import { Refusal, tooLarge } from '../refusal.js';
import type { Scratch } from '../scratch.js';
import { readPlainTar } from '../sources/tar.js';
import type { EntrySink } from '../types.js';
import { checkGit, startGit, type GitRun } from './command.js';
import { checkRef, checkRemote, type Resolver } from './url.js';

export interface GitOptions {
  readonly url: string;
  readonly ref: string | null;
  readonly allowLocal: boolean;
  readonly trustedHosts: readonly string[];
  readonly scratch: Scratch;
  readonly limits: IntakeLimits;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches one commit into a bare repository and reads it as a tar. There is never a work tree: no file of the repository is
 * written by its name, and none of its hooks, filters, submodules or settings has an effect.
 */
export async function readGit(options: GitOptions, sink: EntrySink): Promise<void> {
  const { ref, scratch, limits } = options;
  const wanted = ref === null ? 'HEAD' : checkRef(ref);
  const { url, settings } = await remoteOf(options);
  await checkGit();

  const bare = await scratch.path('repo.git');
  await mkdir(bare, { recursive: true });
  const run: GitRun = {
    cwd: bare,
    settings,
    maxFileBytes: limits.compressedBytes,
    maxMemoryBytes: limits.gitMemoryBytes,
    seconds: limits.gitSeconds,
    signal: options.signal,
  };
  await finished(startGit(['init', '--quiet', '--bare', '--template='], run), run);
  await mkdir(join(bare, 'info'), { recursive: true });
  // The strongest attributes there are: the repository's own could leave files out or rewrite them.
  await writeFile(join(bare, 'info', 'attributes'), ATTRIBUTES);
  await finished(startGit([...FETCH, '--', url, wanted], run), run);

  const archive = startGit(['archive', '--format=tar', 'FETCH_HEAD'], run);
  try {
    await readPlainTar(archive.stdout as AsyncIterable<Buffer>, sink, limits);
  } finally {
    archive.kill();
    await archive.catch(() => undefined);
  }
}

const FETCH = [
  'fetch',
  '--quiet',
  '--depth=1',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-commit-graph',
];
const ATTRIBUTES = '* -export-ignore -export-subst -filter -ident -text -eol -working-tree-encoding\n';

async function remoteOf(options: GitOptions): Promise<{ url: string; settings: GitRun['settings'] }> {
  if (options.allowLocal && !/^https?:/i.test(options.url)) {
    return { url: localPath(options.url), settings: { protocol: 'file', resolve: null } };
  }
  const { url, resolve } = await checkRemote(options.url, options.trustedHosts, addressesOf);
  return { url, settings: { protocol: 'https', resolve } };
}

function localPath(url: string): string {
  const path = /^file:\/\/\//i.test(url) ? fileURLToPath(url) : url;
  if (path.startsWith('/')) return path;
  throw new Refusal('sourceRefused', `"${shortText(url)}" is not an absolute path. Give the whole path.`);
}

const addressesOf: Resolver = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

async function finished(git: ReturnType<typeof startGit>, run: GitRun): Promise<void> {
  git.stdout.resume();
  const result = await git;
  if (result.exitCode === 0) return;
  run.signal?.throwIfAborted();
  if (result.timedOut) {
    throw new Refusal(
      'sourceUnreachable',
      `The repository could not be fetched within ${run.seconds} seconds. Submit an archive of it instead.`,
    );
  }
  const said = tailText(typeof result.stderr === 'string' ? result.stderr : '', 2000);
  if (/File size limit|SIGXFSZ|signal 25|Out of memory|SIGXCPU/i.test(`${said} ${result.signal ?? ''}`)) {
    throw tooLarge('The repository is larger than may be fetched.');
  }
  throw new Refusal(
    'sourceUnreachable',
    `The repository could not be fetched (${shortText(lastLine(said))}). Check the URL and the branch, and that it is public.`,
    said,
  );
}

const lastLine = (text: string): string =>
  text.split('\n').findLast((line) => line !== '') ?? 'no reason given';
