import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';
import { zip } from '../runner/zip.js';

import { crc32, createDeflateRaw, gzipSync } from 'node:zlib';
import { blocks } from '../runner/tar.js';

const MIB = Buffer.alloc(2 ** 20);
const MIBS = 1100;

/** More than a GiB of zeros, deflated: one megabyte. */
async function zeros(): Promise<{ data: Buffer; size: number; crc: number }> {
  const deflate = createDeflateRaw({ level: 9 });
  const parts: Buffer[] = [];
  let crc = 0;
  const read = (async () => {
    for await (const part of deflate) parts.push(part as Buffer);
  })();
  for (let count = 0; count < MIBS; count++) {
    crc = crc32(MIB, crc);
    if (!deflate.write(MIB)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await read;
  return { data: Buffer.concat(parts), size: MIBS * MIB.length, crc };
}

const generate: Generate = async ({ dir }) => {
  const put = (name: string, bytes: Buffer): void => writeFileSync(join(dir, name), bytes);
  const bomb = await zeros();
  put('ratio.zip', zip([{ name: 'zeros', deflated: bomb }]));
  put('lying.zip', zip([{ name: 'zeros', deflated: bomb, claimedSize: 100 }]));
  put('overlapping.zip', zip(overlapping(bomb)));
  // Gzip members one after another are one file to a reader.
  const piece = gzipSync(Buffer.alloc(32 * 2 ** 20), { level: 9 });
  const start = gzipSync(Buffer.concat(blocks({ name: 'zeros', claimedSize: 8 * 1024 ** 3 - 512 })));
  put('ratio.tar.gz', Buffer.concat([start, ...Array.from({ length: 64 }, () => piece)]));
  put(
    'many.tar.gz',
    gzipSync(tar(Array.from({ length: 250_000 }, (_, index) => ({ name: `f/${index}` }))), { level: 1 }),
  );
  put(
    'many-folders.tar.gz',
    gzipSync(tar(Array.from({ length: 250_000 }, (_, index) => ({ name: `f/${index}/`, type: '5' }))), {
      level: 1,
    }),
  );
  put('deep.tar', tar([{ name: 'deep', pax: { path: `${'d/'.repeat(2000)}f` }, body: 'x' }]));
  put('long.tar', tar([{ name: 'long', pax: { path: 'n'.repeat(5000) }, body: 'x' }]));
  put(
    'left-out.zip',
    zip([
      { name: 'node_modules/zeros', deflated: bomb },
      { name: '.git/zeros', deflated: bomb },
    ]),
  );
};

/** A thousand entries that share one piece of data. */
const overlapping = (bomb: { data: Buffer; size: number; crc: number }) =>
  Array.from({ length: 1000 }, (_, index) => ({
    name: `zeros-${index}`,
    deflated: bomb,
    sharesData: index > 0,
  }));

export default generate;
