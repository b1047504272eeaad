import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

/** Each star may end anywhere in a name of two hundred letters, and none of the ways leads to the last letter. */
const GLOBS = [`${'a*'.repeat(90)}b`, `${'**/'.repeat(60)}b`, `packages/${'*a'.repeat(80)}*b`];

const generate: Generate = ({ dir }) => {
  for (const folder of ['a'.repeat(200), `packages/${'a'.repeat(200)}`, 'a/'.repeat(25)]) {
    mkdirSync(join(dir, folder), { recursive: true });
    writeFileSync(join(dir, folder, 'package.json'), '{"name":"a","version":"1.0.0"}');
  }
  const manifest = {
    name: 'notes',
    version: '1.0.0',
    scripts: { start: 'node server.js' },
    workspaces: GLOBS,
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
};

export default generate;
