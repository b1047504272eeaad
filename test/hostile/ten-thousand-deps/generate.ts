import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  const dependencies = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`dep-${index}`, '1.0.0']),
  );
  const manifest = { name: 'notes', version: '1.0.0', scripts: { start: 'node server.js' }, dependencies };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
};

export default generate;
