import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  const wide = Array.from({ length: 400_000 }, (_, index) => `  "a${index}": {b: [1, 2]}`).join('\n');
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  writeFileSync(
    join(dir, 'pnpm-lock.yaml'),
    `lockfileVersion: '9.0'\nsettings:\n${wide}\nextra: ${deep}\npackages: {}\n`,
  );
};

export default generate;
