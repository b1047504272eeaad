import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';
import { zip } from '../runner/zip.js';

const PAIRS: readonly (readonly [string, string])[] = [
  ['server.js', 'Server.js'],
  ['caf\u00e9.js', 'cafe\u0301.js'],
  ['server.js', 'server.js'],
  ['src', 'src/index.js'],
  ['src/index.js', 'SRC/other.js'],
  ['server.js', './server.js'],
];

const generate: Generate = ({ dir }) => {
  PAIRS.forEach(([first, second], index) => {
    const files = [
      { name: 'package.json', body: '{}' },
      { name: first, body: 'one' },
      { name: second, body: 'two' },
    ];
    writeFileSync(join(dir, `${index}.zip`), zip(files));
    writeFileSync(join(dir, `${index}.tar`), tar(files));
  });
};

export default generate;
