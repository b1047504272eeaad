import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  for (const [path, text] of Object.entries({
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/config': '[core]\n\tbare = false\n',
    '.DS_Store': '\0\0\0\u0001Bud1',
    'node_modules/.package-lock.json': '{}',
    'node_modules/ms/index.js': "throw new Error('made for another system');\n",
    'coverage/lcov.info': 'TN:\n',
  })) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
};

export default generate;
