import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';
import { zip } from '../runner/zip.js';

const NAMES = [
  '../escape.js',
  'src/../../escape.js',
  '/tmp/escape.js',
  '//tmp/escape.js',
  '..\\escape.js',
  'C:\\escape.js',
  'C:/escape.js',
  'src/..',
];
const manifest = { name: 'package.json', body: '{"scripts":{"start":"node server.js"}}' };

const generate: Generate = ({ dir }) => {
  NAMES.forEach((name, index) => {
    writeFileSync(join(dir, `${index}.zip`), zip([manifest, { name, body: 'x' }]));
    writeFileSync(join(dir, `${index}.tar`), tar([manifest, { name, body: 'x' }]));
  });
  const nul = 'server.js\0.txt';
  writeFileSync(join(dir, 'nul.zip'), zip([manifest, { name: nul, body: 'x' }]));
  writeFileSync(join(dir, 'nul.tar'), tar([manifest, { name: 'long', pax: { path: nul }, body: 'x' }]));
  writeFileSync(
    join(dir, 'pax.tar'),
    tar([manifest, { name: 'fine.js', pax: { path: '../escape.js' }, body: 'x' }]),
  );
  writeFileSync(
    join(dir, 'bytes.zip'),
    zip([manifest, { name: Buffer.from([0x2e, 0x2e, 0x2f, 0xff]), body: 'x' }]),
  );
};

export default generate;
