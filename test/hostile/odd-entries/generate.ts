import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';
import { zip } from '../runner/zip.js';

const manifest = { name: 'package.json', body: '{"scripts":{"start":"node server.js"}}' };
const SYMLINK = 0o120777;
const FIFO = 0o010644;
const DEVICE = 0o060644;

const generate: Generate = ({ dir, canary }) => {
  const put = (name: string, bytes: Buffer): void => writeFileSync(join(dir, name), bytes);
  put('symlink.tar', tar([manifest, { name: 'notes.txt', type: '2', linkname: canary }]));
  put('symlink-up.tar', tar([manifest, { name: 'a/b', type: '2', linkname: '../../../etc/passwd' }]));
  put('hardlink.tar', tar([manifest, { name: 'notes.txt', type: '1', linkname: canary }]));
  put('hardlink-up.tar', tar([manifest, { name: 'notes.txt', type: '1', linkname: '../etc/passwd' }]));
  put(
    'link-then-through.tar',
    tar([
      { name: 'out', type: '2', linkname: '/tmp' },
      { name: 'out/escape.js', body: 'x' },
    ]),
  );
  put(
    'pax-link.tar',
    tar([manifest, { name: 'notes.txt', type: '2', linkname: 'fine', pax: { linkpath: '/etc/passwd' } }]),
  );
  put('character.tar', tar([manifest, { name: 'zero', type: '3' }]));
  put('block.tar', tar([manifest, { name: 'disk', type: '4' }]));
  put('pipe.tar', tar([manifest, { name: 'server.js', type: '6' }]));
  put('symlink.zip', zip([manifest, { name: 'notes.txt', body: canary, mode: SYMLINK }]));
  put('pipe.zip', zip([manifest, { name: 'server.js', mode: FIFO }]));
  put('device.zip', zip([manifest, { name: 'disk', mode: DEVICE }]));
};

export default generate;
