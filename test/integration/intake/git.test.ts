import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takeIn, type IntakeOptions } from '../../../harness/intake/index.js';

let root: string;
let server: Server;
let origin: string;
let options: IntakeOptions;
const asked: string[] = [];

const git = (...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'protocol.file.allow=always', ...args],
    {
      cwd: join(root, 'work'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  ).trim();

const put = async (path: string, content: string): Promise<void> => {
  await mkdir(dirname(join(root, 'work', path)), { recursive: true });
  await writeFile(join(root, 'work', path), content);
};

/** Two large files of zeros, one stored as what sets it apart from the other: to tell, git must unpack both. */
async function bombs(): Promise<void> {
  git('checkout', '-q', '-b', 'bomb');
  const zeros = Buffer.alloc(64_000_000);
  await writeFile(join(root, 'work', 'zeros'), zeros);
  await writeFile(join(root, 'work', 'almost'), Buffer.concat([zeros, Buffer.from('x')]));
  git('add', '-A');
  git('commit', '-q', '-m', 'bomb');
  git('checkout', '-q', 'main');
  git('clone', '-q', '--bare', '--no-local', '--single-branch', '--branch', 'bomb', '.', '../bomb.git');
  git('-C', '../bomb.git', '-c', 'core.bigFileThreshold=2g', 'repack', '-adfq');
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'assayer-git-'));
  await mkdir(join(root, 'work'));
  git('init', '-q', '-b', 'main');
  await put('package.json', '{"name":"x"}');
  await put('test/a.test.js', 'ok\n');
  await put('big.bin', 'x');
  // All that a repository can say about how it wants to be checked out or exported.
  await put('.gitattributes', 'test export-ignore\n*.js filter=evil text eol=crlf\n*.json export-subst\n');
  await put('.lfsconfig', '[lfs]\n\turl = https://127.0.0.1/evil\n');
  await put(
    '.gitmodules',
    `[submodule "s"]\n\tpath = s\n\turl = ${root}/work\n\tupdate = !touch ${root}/owned\n`,
  );
  await symlink('package.json', join(root, 'work', 'link.json'));
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},s`);
  git('commit', '-q', '-m', 'with a submodule');
  git('branch', 'other');
  await put('package.json', '{"name":"y"}');
  git('commit', '-q', '-am', 'two');
  git('checkout', '-q', '-b', 'big');
  await put('big.bin', randomBytes(400_000).toString('hex'));
  git('commit', '-q', '-am', 'big');
  git('checkout', '-q', 'main');
  git('clone', '-q', '--bare', join(root, 'work'), join(root, 'repo.git'));

  for (const hook of ['reference-transaction', 'post-checkout', 'pre-auto-gc']) {
    await writeFile(join(root, 'repo.git', 'hooks', hook), `#!/bin/sh\ntouch ${root}/owned\n`, {
      mode: 0o755,
    });
  }

  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      join(root, 'key.pem'),
      '-out',
      join(root, 'cert.pem'),
    ],
    { stdio: 'ignore' },
  );
  server = createServer(
    { key: await readFile(join(root, 'key.pem')), cert: await readFile(join(root, 'cert.pem')) },
    (request, response) => {
      const url = new URL(request.url ?? '/', 'https://localhost');
      asked.push(url.pathname);
      if (url.pathname.startsWith('/moved/')) {
        response
          .writeHead(301, { location: `${origin}/repo.git${url.pathname.slice(6)}${url.search}` })
          .end();
        return;
      }
      const backend = spawn('git', ['http-backend'], {
        env: {
          PATH: process.env['PATH'],
          GIT_PROJECT_ROOT: root,
          GIT_HTTP_EXPORT_ALL: '1',
          PATH_INFO: url.pathname,
          QUERY_STRING: url.search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
          GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        },
      });
      request.pipe(backend.stdin);
      const chunks: Buffer[] = [];
      backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      backend.on('close', () => {
        const answer = Buffer.concat(chunks);
        const split = answer.indexOf('\r\n\r\n');
        const headers = answer
          .subarray(0, split)
          .toString()
          .split('\r\n')
          .map((line) => line.split(': ') as [string, string]);
        const status = Number.parseInt(headers.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
        response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
        response.end(answer.subarray(split + 4));
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  process.env['GIT_SSL_CAINFO'] = join(root, 'cert.pem');
  options = { blobsDir: join(root, 'blobs'), trustedGitHosts: ['localhost'] };
});

afterAll(async () => {
  delete process.env['GIT_SSL_CAINFO'];
  await new Promise((resolve) => server.close(resolve));
  const [owned, left] = [existsSync(join(root, 'owned')), await readdir(join(root, 'blobs', 'tmp'))];
  await rm(root, { recursive: true, force: true });
  expect({ owned, left }).toEqual({ owned: false, left: [] });
});

const FILES = [
  '.gitattributes',
  '.gitmodules',
  '.lfsconfig',
  'big.bin',
  'link.json',
  'package.json',
  'test/a.test.js',
];

async function taken(url: string, ref: string | null = null, more: Partial<IntakeOptions> = {}) {
  const outcome = await takeIn({ kind: 'git', url, ref }, { ...options, ...more });
  if (!outcome.ok) throw new Error(outcome.verdict.message);
  return outcome.value;
}

async function refused(url: string, ref: string | null = null, more: Partial<IntakeOptions> = {}) {
  const outcome = await takeIn({ kind: 'git', url, ref }, { ...options, ...more });
  if (outcome.ok) throw new Error('The source was taken.');
  return outcome.verdict;
}

describe('a git repository over https', () => {
  test('is taken whole and byte for byte, whatever its attributes, filters and submodules say', async () => {
    const archive = await taken(`${origin}/repo.git`);
    expect(archive.paths).toEqual(FILES);
    expect((await archive.read('test/a.test.js', 100))?.toString()).toBe('ok\n');
    expect((await archive.read('package.json', 100))?.toString()).toBe('{"name":"y"}');
    expect((await archive.read('link.json', 100))?.toString()).toBe('{"name":"y"}');
  });

  test('is taken at a branch or commit', async () => {
    expect((await (await taken(`${origin}/repo.git`, 'other')).read('package.json', 100))?.toString()).toBe(
      '{"name":"x"}',
    );
    const missing = await refused(`${origin}/repo.git`, 'no-such-branch');
    expect(missing).toMatchObject({ code: 'sourceUnreachable' });
    expect(missing.message).toContain('no-such-branch');
  });

  test('is not asked at all when its address is internal and the host not trusted', async () => {
    asked.length = 0;
    expect(await refused(`${origin}/repo.git`, null, { trustedGitHosts: [] })).toMatchObject({
      code: 'sourceRefused',
    });
    expect(asked).toEqual([]);
  });

  test('is not looked for elsewhere when the server redirects', async () => {
    asked.length = 0;
    expect(await refused(`${origin}/moved/repo.git`)).toMatchObject({ code: 'sourceUnreachable' });
    expect(asked.every((path) => path.startsWith('/moved/'))).toBe(true);
  });

  test('that does not exist, or is too large, is said to be so', async () => {
    expect(await refused(`${origin}/missing.git`)).toMatchObject({ code: 'sourceUnreachable' });
    const verdict = await refused(`${origin}/repo.git`, 'big', { limits: { compressedBytes: 100_000 } });
    expect(verdict).toMatchObject({ code: 'archiveTooLarge' });
    const unpacked = await refused(`${origin}/repo.git`, 'big', { limits: { fileBytes: 100_000 } });
    expect(unpacked).toMatchObject({ code: 'archiveTooLarge' });
  });

  test('that unpacks to far more than it is costs no more memory than it may', async () => {
    await bombs();
    const limits = { gitMemoryBytes: 96 * 2 ** 20 };
    expect((await taken(`${origin}/repo.git`, null, { limits })).paths).toEqual(FILES);
    expect(await refused(`${origin}/bomb.git`, null, { limits })).toMatchObject({ code: 'archiveTooLarge' });
  }, 60_000);

  test('ends when it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled by a person'));
    await expect(
      takeIn({ kind: 'git', url: `${origin}/repo.git`, ref: null }, { ...options, signal }),
    ).rejects.toThrow('cancelled by a person');
  });
});

describe('a local repository', () => {
  test('is taken for the command line only', async () => {
    for (const url of [join(root, 'repo.git'), `file://${join(root, 'repo.git')}`]) {
      expect((await taken(url, null, { allowLocal: true })).paths).toEqual(FILES);
      expect(await refused(url)).toMatchObject({ code: 'sourceRefused' });
    }
  });
});
