import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { takeIn } from '../../../harness/intake/index.js';
import { blobStore, leftovers, outcomeOf, tarOf, zipOf } from './support.js';

const MIB = 1024 * 1024;

let store: Awaited<ReturnType<typeof blobStore>>;
beforeAll(async () => {
  store = await blobStore();
});
afterAll(async () => {
  expect(await leftovers(store.dir)).toEqual([]);
  await store.remove();
});

const files = (count: number, size: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `f${i}`, content: Buffer.alloc(size, i % 251) }));

describe('each limit', () => {
  const cases: [string, ReturnType<typeof files>, object, string][] = [
    ['a file', files(1, 5000), { fileBytes: 4999 }, 'file "f0" is larger'],
    ['all files', files(5, 1000), { totalBytes: 4999 }, 'together'],
    ['the number of files', files(6, 1), { entries: 5 }, 'more than 5 files'],
    ['the number of entries', files(6, 1), { scannedEntries: 5 }, 'more than 5 entries'],
    ['the depth', [{ name: 'a/b/c/d', content: Buffer.alloc(1) }], { pathDepth: 3 }, 'folders deep'],
    ['a path', [{ name: 'x'.repeat(90), content: Buffer.alloc(1) }], { pathBytes: 80 }, 'path of more than'],
    ['the ratio', files(1, 9000), { ratio: 5, ratioFromBytes: 5000 }, 'times its size'],
    ['what is unpacked', files(2, 9000), { scannedBytes: 9500 }, 'unpacks to more'],
  ];
  test.each(cases)('holds %s', async (_, entries, limits, words) => {
    for (const bytes of [zipOf(entries), gzipSync(tarOf(entries))]) {
      const refused = await outcomeOf(bytes, store.dir, limits);
      expect(refused).toMatchObject({ code: 'archiveTooLarge' });
      expect(refused.message).toContain(words);
    }
  });

  test('counts what a link copies', async () => {
    const tar = tarOf([
      ...files(4, 1000).map((file) => ({ ...file, name: `dir/${file.name}` })),
      { name: 'copy', type: '2', linkname: 'dir' },
    ]);
    expect(await outcomeOf(tar, store.dir, { totalBytes: 7999 })).toMatchObject({ code: 'archiveTooLarge' });
    expect(await outcomeOf(tar, store.dir, { entries: 7 })).toMatchObject({ code: 'archiveTooLarge' });
    expect((await outcomeOf(tar, store.dir, { totalBytes: 8000, entries: 8 })).paths).toHaveLength(8);
  });

  test('holds the archive itself, however it arrives', async () => {
    const big = zipOf(files(1, 3000).map((file) => ({ ...file, store: true })));
    expect(await outcomeOf(big, store.dir, { compressedBytes: 2999 })).toMatchObject({
      code: 'archiveTooLarge',
    });
  });
});

describe('large archives', () => {
  test('go through temporary files and give the same digest', async () => {
    const noise = (size: number): Buffer => {
      const bytes = Buffer.alloc(size);
      for (let i = 0, x = 1; i < size; i += 4, x = (x * 1103515245 + 12345) >>> 0) bytes.writeUInt32LE(x, i);
      return bytes;
    };
    const entries = [0, 1, 2].map((i) => ({ name: `n${i}`, content: noise(2 * MIB + i * 4) }));
    const digests = new Set<string | undefined>();
    for (const bytes of [zipOf(entries), tarOf(entries), gzipSync(tarOf(entries), { level: 1 })]) {
      const taken = await outcomeOf(bytes, store.dir);
      expect(taken.paths).toEqual(['n0', 'n1', 'n2']);
      digests.add(taken.digest);
    }
    expect(digests.size).toBe(1);
  });

  test('a bomb of 20 GB ends early, with the memory of the worker as it was', async () => {
    const header = tarOf([{ name: 'bomb', size: 8 * 1024 * MIB - 1 }], false);
    const zeros = Buffer.alloc(4 * MIB);
    let made = 0;
    const endless = Readable.from(
      (function* () {
        yield header;
        for (; made < 20 * 1024 * MIB; made += zeros.length) yield zeros;
      })(),
    );
    const bomb = endless.pipe(createGzip({ level: 1 }));
    const before = process.memoryUsage();
    // Packed it passes a gigabyte of zeros for each 5 MB: the ratio, or what may be unpacked, must stop it.
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of bomb as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > 2 * MIB) break;
    }
    const outcome = await takeIn(
      { kind: 'archiveStream', stream: Readable.from(chunks) },
      { blobsDir: store.dir },
    );
    const after = process.memoryUsage();
    expect(outcome).toMatchObject({ ok: false, verdict: { code: 'archiveTooLarge' } });
    expect(made).toBeGreaterThan(100 * MIB);
    expect(after.rss - before.rss).toBeLessThan(100 * MIB);
    endless.destroy();
  });
});
