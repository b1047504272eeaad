import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { blobStore, leftovers, outcomeOf, takeBytes, tarOf, zipOf } from './support.js';

let store: Awaited<ReturnType<typeof blobStore>>;
beforeAll(async () => {
  store = await blobStore();
});
afterAll(async () => {
  expect(await leftovers(store.dir)).toEqual([]);
  await store.remove();
});

const outcome = (bytes: Buffer, limits = {}) => outcomeOf(bytes, store.dir, limits);
const pkg = { name: 'package.json', content: '{}' };

describe('names that lead elsewhere', () => {
  const names: [string, string][] = [
    ['../../etc/cron.d/x', 'leads out'],
    ['src/../../x', 'leads out'],
    ['node_modules/../../x', 'leads out'],
    ['..', 'leads out'],
    ['/etc/passwd', 'absolute'],
    ['src\\..\\x', 'backslash'],
    ['C:/windows/x', 'drive letter'],
    ['a\nb', 'control character'],
    ['a\u001b[2Jb', 'control character'],
  ];
  test.each(names)('%j is refused', async (name, why) => {
    for (const bytes of [zipOf([pkg, { name, content: 'x' }]), tarOf([pkg, { name, content: 'x' }])]) {
      const refused = await outcome(bytes);
      expect(refused).toMatchObject({ code: 'archiveUnsafe' });
      expect(refused.message).toContain(why);
      expect(refused.message).not.toMatch(/[\u0000-\u001f]/);
    }
  });

  test('a NUL byte is refused', async () => {
    expect(await outcome(zipOf([{ name: 'a\0b', content: 'x' }]))).toMatchObject({ code: 'archiveUnsafe' });
    const record = Buffer.from('14 path=a\0.js\n');
    const tar = tarOf([{ name: 'x', type: 'x', content: record }, { name: 'x' }]);
    expect(await outcome(tar)).toMatchObject({ code: 'archiveUnsafe' });
  });

  test('a name that is not UTF-8 is refused', async () => {
    const tar = tarOf([{ name: 'caf_', content: 'x' }]);
    const at = tar.indexOf('caf_') + 3;
    tar[at] = 0xe9;
    const sum = [...tar.subarray(0, 512)].reduce(
      (total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte),
      0,
    );
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect((await outcome(tar)).message).toContain('not valid UTF-8');
  });

  test('honest names of the same look are taken', async () => {
    const names = ['..a/b', '...', 'a/..b', 'ab:c', 'a b/ü.js', 'con'];
    const { paths } = await outcome(zipOf(names.map((name) => ({ name, content: 'x' }))));
    expect(paths).toEqual([...names].sort());
  });
});

describe('entries that are no files', () => {
  test.each([
    ['3', 'device'],
    ['4', 'device'],
    ['6', 'named pipe'],
  ])('a tar entry of type %s is refused', async (type, what) => {
    const refused = await outcome(tarOf([pkg, { name: 'odd', type }]));
    expect(refused).toMatchObject({ code: 'archiveUnsafe' });
    expect(refused.message).toContain(what);
  });

  test('a pipe or socket in a zip is refused', async () => {
    expect(await outcome(zipOf([{ name: 'odd', mode: 0o010644 }]))).toMatchObject({ code: 'archiveUnsafe' });
    expect(await outcome(zipOf([{ name: 'odd', mode: 0o140644 }]))).toMatchObject({ code: 'archiveUnsafe' });
  });

  test('a sparse file is refused', async () => {
    const record = '22 GNU.sparse.major=1\n';
    const tar = tarOf([
      { name: 'x', type: 'x', content: record },
      { name: 'x', content: '0\n' },
    ]);
    expect((await outcome(tar)).message).toContain('sparse');
  });

  const link = (name: string, target: string) => [
    tarOf([pkg, { name, type: '2', linkname: target }]),
    zipOf([pkg, { name, content: target, mode: 0o120777 }]),
  ];

  test.each(['/etc/passwd', '../outside', '../../../root', 'a/../../x'])(
    'a link to %s is refused',
    async (target) => {
      for (const bytes of link('link', target)) {
        const refused = await outcome(bytes);
        expect(refused).toMatchObject({ code: 'archiveUnsafe' });
        expect(refused.message).toContain('leads out');
      }
    },
  );

  test('a hard link out of the archive is refused', async () => {
    const tar = tarOf([pkg, { name: 'h', type: '1', linkname: '../../etc/shadow' }]);
    expect(await outcome(tar)).toMatchObject({ code: 'archiveUnsafe' });
  });

  test('links inside become copies; links to nothing, loops and links to a folder above fall away', async () => {
    const taken = await takeBytes(
      tarOf([
        { name: 'docs/real.md', content: 'text' },
        { name: 'README.md', type: '2', linkname: 'docs/real.md' },
        { name: 'docs/again', type: '2', linkname: '../README.md' },
        { name: 'hard.md', type: '1', linkname: './docs/real.md' },
        { name: 'manual', type: '2', linkname: 'docs' },
        { name: 'nothing', type: '2', linkname: 'missing' },
        { name: 'loop-a', type: '2', linkname: 'loop-b' },
        { name: 'loop-b', type: '2', linkname: 'loop-a' },
        { name: 'docs/up', type: '2', linkname: '..' },
      ]),
      store.dir,
    );
    if (!taken.ok) throw new Error(taken.verdict.message);
    expect(taken.value.paths).toEqual([
      'README.md',
      'docs/again',
      'docs/real.md',
      'hard.md',
      'manual/real.md',
    ]);
    expect((await taken.value.read('docs/again', 10))?.toString()).toBe('text');
  });

  test('a link cannot be used as a folder', async () => {
    const tar = tarOf([
      { name: 'dir', type: '2', linkname: 'src' },
      { name: 'dir/file', content: 'x' },
    ]);
    expect(await outcome(tar)).toMatchObject({ code: 'archiveUnsafe' });
  });
});

describe('one name twice', () => {
  test.each([
    [['a.js', 'a.js'], 'twice'],
    [['a.js', './a.js'], 'twice'],
    [['README.md', 'readme.MD'], 'differ only'],
    [['Src/a.js', 'src/b.js'], 'differ only'],
    [['caf\u00e9', 'cafe\u0301'], 'differ only'],
    [['a', 'a/b'], 'twice'],
    [['a/b', 'a'], 'twice'],
  ])('%j is refused', async (names, why) => {
    const entries = names.map((name) => ({ name, content: 'x' }));
    for (const bytes of [tarOf(entries), zipOf(entries)]) {
      const refused = await outcome(bytes);
      expect(refused).toMatchObject({ code: 'archiveUnsafe' });
      expect(refused.message).toContain(why);
    }
  });
});

describe('what is left out', () => {
  test('version control, packages, settings of package managers, leavings of systems', async () => {
    const names = [
      '.git/config',
      '.GIT/hooks/post-checkout',
      'sub/.git',
      'node_modules/express/index.js',
      'apps/api/node_modules/x.js',
      '.npmrc',
      'apps/api/.npmrc',
      '.yarnrc.yml',
      '.yarn/releases/yarn.cjs',
      '.pnpmfile.cjs',
      '.pnp.cjs',
      '__MACOSX/._package.json',
      '.DS_Store',
      '._index.js',
      'Icon\r',
    ];
    const entries = [pkg, ...names.map((name) => ({ name, content: 'x' }))];
    expect((await outcome(zipOf(entries))).paths).toEqual(['package.json']);
    expect((await outcome(tarOf(entries))).paths).toEqual(['package.json']);
  });

  test('does not count against the files, nor keep a single folder from being one', async () => {
    const entries = [
      { name: 'app/package.json', content: '{}' },
      { name: '__MACOSX/app/._package.json', content: 'x' },
      ...Array.from({ length: 50 }, (_, i) => ({
        name: `app/node_modules/${'d/'.repeat(40)}${i}`,
        content: 'x',
      })),
    ];
    expect((await outcome(zipOf(entries), { entries: 5 })).paths).toEqual(['package.json']);
  });
});

describe('damaged archives', () => {
  const text = 'some text that repeats, some text that repeats. '.repeat(40);
  const tar = tarOf([pkg, { name: 'a.txt', content: text }, { name: 'b.txt', content: text }]);
  const zip = zipOf([pkg, { name: 'a.txt', content: text }]);

  test.each<[string, Buffer]>([
    ['an empty upload', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
    ['a zip with nothing in it', zipOf([])],
    ['a tar with nothing in it', tarOf([])],
    ['a zip with nothing but what is left out', zipOf([{ name: 'node_modules/a.js', content: text }])],
    ['a zip with nothing but a zip', zipOf([{ name: 'my repo/repo.zip', content: zip }])],
    ['noise', Buffer.alloc(2000, 0x5a)],
    ['a tar cut inside a file', tar.subarray(0, 1700)],
    ['a tar cut between files', tar.subarray(0, 1024)],
    [
      'a tar with a bad checksum',
      Buffer.concat([tar.subarray(0, 1024), Buffer.alloc(512, 1), tar.subarray(1536)]),
    ],
    ['a tar.gz cut off', gzipSync(tar).subarray(0, 120)],
    ['a tar.gz with flipped bits', flipped(gzipSync(tar), 60)],
    ['gzip in gzip', gzipSync(gzipSync(tar))],
    ['a zip in gzip', gzipSync(zip)],
    ['text in gzip', gzipSync('hello')],
    ['a zip cut off', zip.subarray(0, zip.length - 30)],
    ['a zip with flipped bits', flipped(zip, 70)],
    ['an encrypted zip', zipOf([{ ...pkg, flags: 1 }])],
    ['a zip with an unknown method', zipOf([{ ...pkg, method: 14 }])],
    ['a zip that states a smaller size', zipOf([{ name: 'a', content: text, size: 10 }])],
    ['a zip that states a larger size', zipOf([{ name: 'a', content: text, size: 99_999 }])],
    ['a zip with a wrong checksum', zipOf([{ name: 'a', content: text, crc: 7 }])],
    ['a 7z file', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])],
    ['a RAR file', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')],
  ])('%s is refused as unreadable', async (_, bytes) => {
    const refused = await outcome(bytes);
    expect(refused).toMatchObject({ code: 'archiveUnreadable' });
    expect(refused.message).toMatch(/^[A-Z"][^]*\.$/);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = at; i < at + 4; i += 1) copy[i] = (copy[i] ?? 0) ^ 0xff;
  return copy;
}
