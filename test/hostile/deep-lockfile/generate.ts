import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const DEPTH = 100_000;

const generate: Generate = ({ dir }) => {
  const tree = `${'{"ms":{"version":"2.1.3","dependencies":'.repeat(DEPTH)}{}${'}}'.repeat(DEPTH)}`;
  const extra = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
  writeFileSync(
    join(dir, 'package-lock.json'),
    `{"lockfileVersion":1,"extra":${extra},"dependencies":${tree}}`,
  );
};

export default generate;
