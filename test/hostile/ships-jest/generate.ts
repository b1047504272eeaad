import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

/** Folders that git would leave out here. */
const generate: Generate = ({ dir }) => {
  for (const [path, text] of Object.entries({
    'node_modules/.bin/jest': '#!/bin/sh\necho "PASS"\nexit 0\n',
    'node_modules/jest/index.js': 'exports.runCLI = async () => ({ results: { success: true } });\n',
    'node_modules/jest/package.json': '{"name":"jest","version":"99.0.0","main":"index.js"}\n',
    'node_modules/assayer/kit.js': 'exports.check = () => {};\n',
  })) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text, { mode: 0o755 });
  }
};

export default generate;
