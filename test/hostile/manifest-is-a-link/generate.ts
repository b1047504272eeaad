import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir, canary }) => {
  rmSync(join(dir, 'package.json'));
  symlinkSync(canary, join(dir, 'package.json'));
};

export default generate;
