import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  const file = join(dir, 'fixtures.bin');
  writeFileSync(file, '');
  truncateSync(file, 5 * 1024 ** 3);
};

export default generate;
