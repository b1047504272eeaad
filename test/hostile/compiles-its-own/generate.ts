import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RELAY_HOST, RELAY_PORT } from '../../../runners/install/relay/protocol.js';
import type { Site } from '../runner/material.js';
import { tar } from '../runner/tar.js';

/** Runs where native modules are compiled, if it runs at all: an install script, under the name of a package that needs its own. */
const SCRIPT = `
require('node:http')
  .get({ host: '${RELAY_HOST}', port: ${RELAY_PORT}, path: '/ms', timeout: 3000 }, ({ statusCode }) => {
    console.log('THE REGISTRY ANSWERED', statusCode);
    process.exit(1);
  })
  .on('error', (error) => {
    console.log('no way out:', error.code);
    process.exit(1);
  });
`;

export default function generate({ dir }: Site): void {
  const manifest = { name: 'bcrypt', version: '9.9.9', scripts: { install: 'node attempt.js' } };
  const files = {
    'package.json': JSON.stringify(manifest),
    'binding.gyp': '{"targets": []}',
    'attempt.js': SCRIPT,
  };
  const entries = Object.entries(files).map(([name, body]) => ({ name: `package/${name}`, body }));
  writeFileSync(join(dir, 'bcrypt-9.9.9.tgz'), gzipSync(tar(entries)));
  const dependencies = { bcrypt: 'file:bcrypt-9.9.9.tgz' };
  const service = {
    name: 'notes',
    version: '1.0.0',
    private: true,
    scripts: { start: 'node server.js' },
    dependencies,
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(service));
}
