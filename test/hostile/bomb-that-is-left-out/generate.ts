import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusDir } from '../runner/corpus.js';
import type { Generate } from '../runner/material.js';
import { zeros } from '../runner/zeros.js';
import { zip } from '../runner/zip.js';

const generate: Generate = async ({ dir }) => {
  const base = join(corpusDir, 'base');
  const files = readdirSync(base).map((name) => ({ name, body: readFileSync(join(base, name)) }));
  const bomb = { name: 'node_modules/.cache/zeros', deflated: await zeros() };
  writeFileSync(join(dir, 'notes.zip'), zip([...files, bomb]));
};

export default generate;
