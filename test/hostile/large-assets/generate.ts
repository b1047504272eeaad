import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  mkdirSync(join(dir, 'assets'));
  for (let count = 0; count < 10; count++) {
    writeFileSync(join(dir, 'assets', `${count}.jpg`), randomBytes(3 * 2 ** 20));
  }
};

export default generate;
