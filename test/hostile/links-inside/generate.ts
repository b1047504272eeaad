import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  symlinkSync('docs/README.md', join(dir, 'README.md'));
  symlinkSync('lib', join(dir, 'shared'));
  renameSync(join(dir, 'contract.js'), join(dir, 'lib', 'contract.js'));
  symlinkSync('lib/contract.js', join(dir, 'contract.js'));
};

export default generate;
