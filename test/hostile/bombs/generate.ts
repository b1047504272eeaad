import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';
import { zeros, type Deflated } from '../runner/zeros.js';
import { zip } from '../runner/zip.js';

import { gzipSync } from 'node:zlib';
import { blocks } from '../runner/tar.js';

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
};

/** A thousand entries that share one piece of data. */
const overlapping = (bomb: Deflated) =>
  Array.from({ length: 1000 }, (_, index) => ({
    name: `zeros-${index}`,
    deflated: bomb,
    sharesData: index > 0,
  }));

export default generate;
