import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir, canary }) => {
  symlinkSync(canary, join(dir, 'notes.txt'));
  symlinkSync('/etc', join(dir, 'etc'));
  symlinkSync('../../../../../../etc/passwd', join(dir, 'README.md'));
};

export default generate;
