import { compileFunction } from 'node:vm';
import { receiveChecks, type CheckMeta, type CheckRegistry } from '../../assessments/kit/index.js';
import { probeNamed } from '../../runners/security/index.js';
import { PackError } from './error.js';

/**
 * Runs one compiled file of a pack here, to read its data; pack authors are trusted. `globalThis` is a scope of its own,
 * so that packs loaded at the same time do not receive each other's checks.
 * @returns the file's default export, or undefined
 */
export function evaluate(file: string, source: string, registry: CheckRegistry): unknown {
  const scope = Object.create(globalThis) as object;
  receiveChecks(registry, scope);
  const module: { exports: { default?: unknown } } = { exports: {} };
  try {
    const run = compileFunction(source, ['module', 'exports', 'require', 'globalThis'], { filename: file });
    run(module, module.exports, process.getBuiltinModule, scope);
  } catch (error) {
    if (error instanceof PackError) throw error;
    throw new PackError(sourceName(file), null, String((error as Partial<Error> | null)?.message ?? error));
  }
  return module.exports.default;
}

/** Keeps what checks say about themselves and forgets their bodies. */
export function collectChecks(): CheckRegistry & { readonly metas: readonly CheckMeta[] } {
  const metas: CheckMeta[] = [];
  return { metas, register: (meta) => void metas.push(meta), probe: probeNamed };
}

export const sourceName = (compiled: string): string => compiled.replace(/\.cjs$/, '.ts');
