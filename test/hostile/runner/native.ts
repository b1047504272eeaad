import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tar } from './tar.js';

/**
 * Makes a submission in `dir` depend on a package of its own that bears the name of a native one, so that its install script
 * runs where those are compiled.
 */
export function bringNative(dir: string, script: string): void {
  const manifest = { name: 'bcrypt', version: '9.9.9', scripts: { install: 'node attempt.js' } };
  const files = {
    'package.json': JSON.stringify(manifest),
    'binding.gyp': '{"targets": []}',
    'attempt.js': script,
  };
  const entries = Object.entries(files).map(([name, body]) => ({ name: `package/${name}`, body }));
  writeFileSync(join(dir, 'bcrypt-9.9.9.tgz'), gzipSync(tar(entries)));
  const service = {
    name: 'notes',
    version: '1.0.0',
    private: true,
    scripts: { start: 'node server.js' },
    dependencies: { bcrypt: 'file:bcrypt-9.9.9.tgz' },
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(service));
}
