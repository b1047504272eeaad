import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Upload } from '../../../harness/api/upload.js';
import { prepareUploads, receiveUpload } from '../../../harness/api/upload.js';
import type { IntakeSource } from '../../../harness/intake/types.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-upload-'));
});
afterEach(() => rm(dir, { recursive: true }));

interface Part {
  readonly name: string;
  readonly text: string;
  readonly file?: string;
}

/** A request as far as `receiveUpload` looks at it. */
function requestOf(
  parts: readonly Part[],
  { ending = '--b--\r\n', type = 'multipart/form-data; boundary=b' } = {},
) {
  const bodies = parts.map(
    ({ name, text, file }) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n\r\n${text}\r\n`,
  );
  const stream = Readable.from([Buffer.from(bodies.join('') + ending)], { objectMode: false });
  return Object.assign(stream, {
    headers: { 'content-type': type },
    complete: true,
  }) as unknown as IncomingMessage;
}

const textOf = (source: IntakeSource): Promise<string> => {
  if (source.kind === 'archiveFile') return readFile(source.path, 'utf8');
  if (source.kind === 'archiveStream') return text(source.stream);
  throw new Error('no archive');
};

const read = async ({ fields, archive }: Upload) => ({
  fields,
  name: archive?.name,
  text: archive && (await textOf(archive.source)),
});

const receive = <T>(req: IncomingMessage, use: (upload: Upload) => Promise<T>, maxBytes = 1000): Promise<T> =>
  receiveUpload(req, { dir, maxBytes }, use);

test('fields and archive arrive in any order', async () => {
  const field = { name: 'assessment', text: 'x' };
  const archive = { name: 'archive', text: 'bytes', file: 'a.zip' };
  const expected = { fields: { assessment: 'x' }, name: 'a.zip', text: 'bytes' };
  expect(await receive(requestOf([field, archive]), read)).toEqual(expected);
  expect(await receive(requestOf([archive, field]), read)).toEqual(expected);
  expect(await readdir(dir)).toEqual([]);
});

test('a large archive goes through a file', async () => {
  const large = 'x'.repeat(300_000);
  const req = requestOf([{ name: 'archive', text: large, file: 'a' }]);
  const seen = await receive(
    req,
    async (upload) => ({ ...(await read(upload)), files: (await readdir(dir)).length }),
    1_000_000,
  );
  expect(seen).toMatchObject({ text: large, files: 1 });
  expect(await readdir(dir)).toEqual([]);
});

test.each([
  ['too large', [{ name: 'archive', text: 'x'.repeat(1001), file: 'a' }], {}, 'bodyTooLarge'],
  ['a file in another part', [{ name: 'other', text: 'x', file: 'a' }], {}, 'bodyUnreadable'],
  ['two files', ['a', 'b'].map((file) => ({ name: 'archive', text: 'x', file })), {}, 'bodyUnreadable'],
  ['a field too long', [{ name: 'candidate', text: 'x'.repeat(3000) }], {}, 'bodyUnreadable'],
  [
    'too many fields',
    Array.from({ length: 20 }, (_, i) => ({ name: `f${i}`, text: 'x' })),
    {},
    'bodyUnreadable',
  ],
  ['broken off', [{ name: 'archive', text: 'x', file: 'a' }], { ending: '' }, 'bodyUnreadable'],
  ['no boundary', [], { type: 'multipart/form-data' }, 'bodyUnreadable'],
] as const)('%s: refused, nothing left', async (_, parts, options, code) => {
  await expect(receive(requestOf(parts, options), read)).rejects.toMatchObject({ code });
  expect(await readdir(dir)).toEqual([]);
});

test('the file goes when its use fails', async () => {
  const req = requestOf([{ name: 'archive', text: 'x', file: 'a' }]);
  await expect(receive(req, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(dir)).toEqual([]);
});

test('what a dead server left goes at the next start, what another one is receiving stays', async () => {
  for (const name of ['left', 'arriving']) await writeFile(join(dir, name), 'x');
  const before = new Date(Date.now() - 3600_000);
  await utimes(join(dir, 'left'), before, before);
  await prepareUploads(dir);
  expect(await readdir(dir)).toEqual(['arriving']);
});
