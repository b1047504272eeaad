import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

/** The name that the start script has; not every system could check it out. */
const generate: Generate = ({ dir }) =>
  renameSync(join(dir, 'server.js'), join(dir, '<img src=x onerror=alert(2)>.js'));

export default generate;
