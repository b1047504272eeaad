import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  const start = `node server.js ${'#'.repeat(300_000)}`;
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({ name: 'notes', version: '1.0.0', scripts: { start } }),
  );
};

export default generate;
