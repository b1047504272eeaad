import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const HASH = `sha512-${'A'.repeat(86)}==`;

const generate: Generate = ({ dir }) => {
  const manifest = {
    name: 'notes',
    version: '1.0.0',
    scripts: { start: 'node server.js' },
    dependencies: { 'dep-0': '1.0.0' },
  };
  const locked = Array.from({ length: 10_000 }, (_, index) => [
    `node_modules/dep-${index}`,
    { version: '1.0.0', integrity: HASH, dependencies: { [`dep-${index + 1}`]: '1.0.0' } },
  ]);
  const lock = {
    name: 'notes',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, ...Object.fromEntries(locked) },
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(dir, 'package-lock.json'), JSON.stringify(lock));
};

export default generate;
