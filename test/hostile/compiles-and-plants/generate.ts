import { DEPS_DIR } from '../../../runners/sandbox/image.js';
import type { Site } from '../runner/material.js';
import { bringNative } from '../runner/native.js';

/** Looks for the cache, which has no quota, and leaves a folder where the submission has a file, and links and a pipe beside it. */
const SCRIPT = `
const { execFileSync } = require('node:child_process');
const { mkdirSync, symlinkSync, writeFileSync } = require('node:fs');
const found = [];
try {
  writeFileSync('${DEPS_DIR}/tree.tar', 'planted');
  found.push('writes to the cache, which has no quota');
} catch {}
mkdirSync('build/Release', { recursive: true });
writeFileSync('build/Release/bcrypt.node', '');
writeFileSync('found.json', JSON.stringify(found));
mkdirSync('../../server.js/node_modules/planted', { recursive: true });
symlinkSync('/', '../root');
execFileSync('mkfifo', ['../pipe']);
`;

export default function generate({ dir }: Site): void {
  bringNative(dir, SCRIPT);
}
