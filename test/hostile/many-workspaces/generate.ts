import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  for (let count = 0; count < 2000; count++) {
    const folder = join(dir, 'packages', String(count));
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      `{"name":"p${count}","version":"1.0.0","dependencies":{"ms":"2.1.3"}}`,
    );
  }
  const manifest = {
    name: 'notes',
    version: '1.0.0',
    scripts: { start: 'node server.js' },
    workspaces: ['packages/*'],
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
};

export default generate;
