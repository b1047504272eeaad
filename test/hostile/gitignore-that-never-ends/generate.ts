import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  writeFileSync(
    join(dir, '.gitignore'),
    `${'a*'.repeat(100)}b\n${'**/'.repeat(100)}b\n${'*a'.repeat(100)}*b\n`,
  );
  writeFileSync(join(dir, 'a'.repeat(200)), 'x');
  mkdirSync(join(dir, 'many'), { recursive: true });
  writeFileSync(
    join(dir, 'many', '.gitignore'),
    Array.from({ length: 50_000 }, (_, index) => `x${index}*y`).join('\n'),
  );
  for (let count = 0; count < 100; count++) writeFileSync(join(dir, 'many', `x${count}`), '');
};

export default generate;
