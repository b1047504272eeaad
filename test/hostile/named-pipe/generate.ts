import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const generate: Generate = ({ dir }) => {
  rmSync(join(dir, 'server.js'));
  execFileSync('mkfifo', [join(dir, 'server.js')]);
};

export default generate;
