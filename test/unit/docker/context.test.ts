import { expect, test } from '@jest/globals';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { tarOf, type Entry } from '../../../docker/context.js';
import { folderOf } from './scratch.js';

interface Seen {
  readonly name: string;
  readonly mode: string;
  readonly content: string;
}

async function unpack(entries: readonly Entry[]): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const reader = extract();
  reader.on('entry', (header, stream, next) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk as Buffer));
    stream.on('end', () => {
      const content =
        header.type === 'file' ? Buffer.concat(chunks).toString() : `${header.type} ${header.linkname ?? ''}`;
      seen.push({ name: header.name, mode: (header.mode ?? 0).toString(8), content });
      next();
    });
  });
  await pipeline(tarOf(entries), reader);
  return seen;
}

test('keeps content, order and the execute bit, and nothing else of the machine', async () => {
  const folder = folderOf({ 'b/two': '2', 'a-one': '1' });
  chmodSync(join(folder, 'a-one'), 0o700);
  symlinkSync('../a-one', join(folder, 'b/link'));
  expect(
    await unpack([
      { path: 'text', text: 'hello' },
      { path: 'tree', from: folder },
    ]),
  ).toEqual([
    { name: 'text', mode: '644', content: 'hello' },
    { name: 'tree', mode: '755', content: 'directory ' },
    { name: 'tree/a-one', mode: '755', content: '1' },
    { name: 'tree/b', mode: '755', content: 'directory ' },
    { name: 'tree/b/link', mode: '755', content: 'symlink ../a-one' },
    { name: 'tree/b/two', mode: '644', content: '2' },
  ]);
});

test('large files pass through whole', async () => {
  const folder = folderOf({});
  const content = 'x'.repeat(3 << 20);
  writeFileSync(join(folder, 'large'), content);
  const [seen] = await unpack([{ path: 'large', from: join(folder, 'large') }]);
  expect(seen?.content).toHaveLength(content.length);
});

test('a file that is not there is an error, not an empty entry', async () => {
  await expect(unpack([{ path: 'x', from: '/nonexistent/file' }])).rejects.toThrow('ENOENT');
});
