import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusDir } from '../runner/corpus.js';
import type { Generate } from '../runner/material.js';
import { zip } from '../runner/zip.js';

const generate: Generate = ({ dir }) => {
  const base = join(corpusDir, 'base');
  const files = readdirSync(base).map((name) => ({
    name: `notes-main/${name}`,
    body: readFileSync(join(base, name)),
  }));
  writeFileSync(join(dir, 'notes-main.zip'), zip([{ name: 'notes-main/' }, ...files]));
};

export default generate;
