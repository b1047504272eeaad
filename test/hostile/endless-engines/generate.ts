import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  const node = Array.from({ length: 40_000 }, (_, index) => `>=${index % 9}.1 <99`).join(' || ');
  const manifest = {
    name: 'notes',
    version: '1.0.0',
    scripts: { start: 'node server.js' },
    engines: { node },
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
};

export default generate;
