import { compileFunction } from 'node:vm';
import type { Job } from '../protocol.js';

/** The default export of one of the pack's compiled files that is not a check: a stub's replies, a load profile. */
export function loadDefault<T>(job: Job, file: string): T {
  const source = job.files[file];
  if (source === undefined) throw new Error(`the pack has no ${file}`);
  const module: { exports: { default?: T } } = { exports: {} };
  compileFunction(source, ['module', 'exports', 'require'], { filename: file })(
    module,
    module.exports,
    process.getBuiltinModule,
  );
  if (module.exports.default === undefined) throw new Error(`${file} has no default export`);
  return module.exports.default;
}
