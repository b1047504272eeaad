import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

/** Makes a workspace of what is there: only a folder below the root can be swapped. */
const generate: Generate = ({ dir }) => {
  mkdirSync(join(dir, 'api'));
  for (const name of ['attempts.js', 'contract.js', 'package.json', 'server.js'])
    renameSync(join(dir, name), join(dir, 'api', name));
  writeFileSync(join(dir, 'package.json'), '{"name":"monorepo","private":true,"workspaces":["api"]}');
};
export default generate;
