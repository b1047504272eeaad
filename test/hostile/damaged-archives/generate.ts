import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';
import { zip } from '../runner/zip.js';

import { gzipSync } from 'node:zlib';
import { blocks } from '../runner/tar.js';

const files = [
  { name: 'package.json', body: '{"scripts":{"start":"node server.js"}}' },
  { name: 'server.js', body: 'x'.repeat(4000) },
];

const generate: Generate = ({ dir }) => {
  const put = (name: string, bytes: Buffer | string): void => writeFileSync(join(dir, name), bytes);
  const [whole, zipped] = [tar(files), zip(files)];
  put('cut.tar', whole.subarray(0, 2000));
  put('cut.tar.gz', gzipSync(whole).subarray(0, 60));
  put('cut.zip', zipped.subarray(0, zipped.length - 30));
  put('no-data.zip', zipped.subarray(zipped.length - 120));
  put('short.zip', zip([{ name: 'server.js', body: 'short', claimedSize: 5000 }]));
  put('wrong-sum.tar', Buffer.concat([whole.subarray(0, 148), Buffer.from('000000'), whole.subarray(154)]));
  put('endless.tar', Buffer.concat(blocks({ name: 'server.js', body: 'x', claimedSize: 2 ** 30 })));
  put('negative.tar', Buffer.concat([whole.subarray(0, 124), Buffer.alloc(12, 0xff), whole.subarray(136)]));
  put('empty.zip', '');
  put('text.tar.gz', 'this is no archive');
  put('rar.rar', Buffer.from('Rar!\x1a\x07\x00 and so on', 'latin1'));
  put('gzip-of-text.tar.gz', gzipSync('this is no archive either'));
};

export default generate;
