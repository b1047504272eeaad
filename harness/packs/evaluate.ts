import { compileFunction } from 'node:vm';
import {
  receiveChecks,
  type CheckBody,
  type CheckMeta,
  type SourceCheckMeta,
} from '../../assessments/kit/index.js';
import { PROBES, probeNamed } from '../../runners/security/index.js';
import { reasonOf } from '../errors.js';
import type { Compiled } from './compile.js';
import { PackError } from './error.js';
import { positionIn } from './position.js';

/** A check as its file declares it. */
export interface Declaration {
  readonly meta: CheckMeta | SourceCheckMeta;
  /** Null for a check of the source. */
  readonly body: CheckBody | null;
  /** Where in the pack, such as `checks/signature.check.ts:12`; the file alone where that is not known. */
  readonly at: string;
}

export interface Evaluated {
  /** The default export, or undefined. */
  readonly value: unknown;
  readonly checks: readonly Declaration[];
}

/**
 * Runs one compiled file of a pack here, to read its data; pack authors are trusted. `globalThis` is a scope of its own,
 * so that packs loaded at the same time do not receive each other's checks.
 * @throws PackError naming the line that threw
 */
export function evaluate(name: string, compiled: Compiled): Evaluated {
  const scope = Object.create(globalThis) as object;
  const checks: Declaration[] = [];
  const lineOf = ({ stack }: { stack?: string }): string =>
    positionIn(stack ?? '', name, compiled) ?? sourceName(name);
  receiveChecks(
    {
      register: (meta, body) => void checks.push({ meta, body, at: lineOf(new Error()) }),
      probe: (probe) => probeNamed(probe) ?? unknown(probe),
    },
    scope,
  );
  const module: { exports: { default?: unknown } } = { exports: {} };
  try {
    const parameters = ['module', 'exports', 'require', 'globalThis'];
    const run = compileFunction(compiled.text, parameters, { filename: name });
    run(module, module.exports, process.getBuiltinModule, scope);
  } catch (error) {
    throw new PackError(lineOf(Object(error) as Error), null, `threw while it was read: ${reasonOf(error)}`);
  }
  return { value: module.exports.default, checks };
}

function unknown(probe: string): never {
  const names = PROBES.map(({ name }) => name).join(', ');
  throw new Error(`there is no probe named "${probe}" in the probe library; it has ${names}`);
}

export const sourceName = (compiled: string): string => compiled.replace(/\.cjs$/, '.ts');
