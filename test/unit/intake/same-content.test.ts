import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { blobPath, openArchive, takeIn } from '../../../harness/intake/index.js';
import { blobStore, leftovers, outcomeOf, takeBytes, tarOf, zipOf } from './support.js';

const LONG = `src/${'deep/'.repeat(25)}file.js`;
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{"name":"x"}',
  'src/index.js': 'console.log(1)\n',
  'src/ünïcode.txt': 'grüße',
  [LONG]: 'far',
  'empty.txt': '',
};
const SORTED = Object.keys(FILES).sort();

let store: Awaited<ReturnType<typeof blobStore>>;
let folder: string;
beforeAll(async () => {
  store = await blobStore();
  folder = await mkdtemp(join(tmpdir(), 'assayer-folder-'));
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
});
afterAll(async () => {
  await store.remove();
  await rm(folder, { recursive: true, force: true });
});

const entries = Object.entries(FILES).map(([name, content]) => ({ name, content }));
const longEntry = (name: string) => {
  const record = ` path=${name}\n`;
  return { name: 'x', type: 'x', content: `${record.length + 3}${record}` };
};
const tarEntries = (prefix = '') =>
  entries.flatMap(({ name, content }) => {
    const path = prefix + name;
    return path.length > 100
      ? [longEntry(path), { name: 'x', content }]
      : [{ name: path, content, mtime: Math.floor(Math.random() * 1e9) }];
  });

describe('the same files', () => {
  test('give one digest from a folder, a zip, a tar and a tar.gz, packed inside a folder or not', async () => {
    const fromFolder = await takeIn(
      { kind: 'directory', path: folder },
      { blobsDir: store.dir, allowLocal: true },
    );
    if (!fromFolder.ok) throw new Error(fromFolder.verdict.message);
    const archives = [
      zipOf(entries),
      zipOf([
        { name: 'repo-main/', mode: 0o40755 },
        ...entries.map((e) => ({ ...e, name: `repo-main/${e.name}` })),
      ]),
      zipOf([...entries].reverse().map((e) => ({ ...e, store: true, mode: 0o106644 }))),
      tarOf(tarEntries()),
      tarOf(tarEntries('./')),
      tarOf(tarEntries('app/')),
      gzipSync(tarOf(tarEntries('app/'))),
    ];
    for (const archive of archives) {
      expect(await outcomeOf(archive, store.dir)).toEqual({ paths: SORTED, digest: fromFolder.value.digest });
    }
    expect(await leftovers(store.dir)).toEqual([]);
  });

  test('can be unpacked by the system tar, with fixed modes, times and owners', async () => {
    const taken = await takeBytes(
      zipOf([...entries, { name: 'run.sh', content: '#!', mode: 0o104711 }]),
      store.dir,
    );
    if (!taken.ok) throw new Error(taken.verdict.message);
    const listing = execFileSync(
      'tar',
      ['--utc', '--quoting-style=literal', '-tvf', blobPath(store.dir, taken.value.digest)],
      {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      },
    );
    const lines = listing.trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.find((line) => line.endsWith('run.sh'))).toMatch(/^-rwxr-xr-x 0\/0 +2 1970-01-01 00:00/);
    expect(lines.find((line) => line.endsWith(LONG))).toMatch(/^-rw-r--r-- 0\/0 +3 1970-01-01 00:00/);
  });
});

describe('openArchive', () => {
  test('finds every file of a stored submission again', async () => {
    const taken = await takeBytes(zipOf(entries), store.dir);
    if (!taken.ok) throw new Error(taken.verdict.message);
    for (const archive of [taken.value, await openArchive(store.dir, taken.value.digest)]) {
      expect(archive.paths).toEqual(SORTED);
      expect(archive.bytes).toBe((await readFile(blobPath(store.dir, archive.digest))).length);
      expect((await archive.read(LONG, 10))?.toString()).toBe('far');
      expect((await archive.read('src/ünïcode.txt', 100))?.toString()).toBe('grüße');
      expect(await archive.read('missing', 10)).toBeNull();
      await expect(archive.read('package.json', 5)).rejects.toThrow('12 bytes');
    }
  });

  test('rejects a damaged or missing blob, and a digest that is none', async () => {
    const taken = await takeBytes(zipOf([{ name: 'a', content: 'precious' }]), store.dir);
    if (!taken.ok) throw new Error(taken.verdict.message);
    const path = blobPath(store.dir, taken.value.digest);
    await writeFile(
      path,
      (await readFile(path)).map((byte, at) => (at === 515 ? byte ^ 1 : byte)),
    );
    await expect(openArchive(store.dir, taken.value.digest)).rejects.toThrow('damaged');
    await expect(openArchive(store.dir, 'f'.repeat(64))).rejects.toThrow('ENOENT');
    await expect(openArchive(store.dir, '../../etc/passwd')).rejects.toThrow('64');
  });
});

describe('a folder', () => {
  test('honours .gitignore files and never follows links', async () => {
    const root = await mkdtemp(join(tmpdir(), 'assayer-folder-'));
    try {
      const put = async (path: string, content = 'x'): Promise<void> => {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), content);
      };
      await put('.gitignore', 'dist/\n*.log\n!keep.log\n');
      await put('dist/out.js');
      await put('a.log');
      await put('keep.log');
      await put('sub/.gitignore', 'secret\n!special.log\n');
      await put('sub/secret');
      await put('sub/special.log');
      await put('sub/dist/deep.js');
      await put('node_modules/x/index.js');
      await put('.npmrc', 'git=./evil');
      await put('bin/run');
      await chmod(join(root, 'bin/run'), 0o755);
      await symlink('bin/run', join(root, 'run-link'));
      const taken = await takeIn(
        { kind: 'directory', path: root },
        { blobsDir: store.dir, allowLocal: true },
      );
      if (!taken.ok) throw new Error(taken.verdict.message);
      expect(taken.value.paths).toEqual([
        '.gitignore',
        'bin/run',
        'keep.log',
        'run-link',
        'sub/.gitignore',
        'sub/special.log',
      ]);

      await symlink('/etc/passwd', join(root, 'sub/escape'));
      const refused = await takeIn(
        { kind: 'directory', path: root },
        { blobsDir: store.dir, allowLocal: true },
      );
      expect(refused).toMatchObject({ ok: false, verdict: { code: 'archiveUnsafe' } });
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  test('is refused where only uploads are taken, and when it is missing', async () => {
    const remote = await takeIn({ kind: 'directory', path: folder }, { blobsDir: store.dir });
    expect(remote).toMatchObject({ ok: false, verdict: { code: 'sourceRefused' } });
    const missing = await takeIn(
      { kind: 'directory', path: join(folder, 'nothing') },
      { blobsDir: store.dir, allowLocal: true },
    );
    expect(missing).toMatchObject({ ok: false, verdict: { code: 'sourceUnreachable' } });
  });
});
