import type { AssessmentSpec } from './assessment.js';
import type { CheckMeta } from './check.js';

/** A pack as loaded from its folder: data on the worker, code only as text for the prober. */
export interface Pack {
  /** Absolute path of the pack's folder. */
  readonly dir: string;
  readonly spec: AssessmentSpec;
  /** SHA-256 over everything that decides a grade: spec, checks, stubs, load profiles and the kit. Hex. */
  readonly digest: string;
  readonly checks: readonly DeclaredCheck[];
  readonly loads: readonly DeclaredLoad[];
  /** Compiled, self-contained CommonJS files for the prober: name (such as `checks/signature.check.cjs`) to source text. */
  readonly files: Readonly<Record<string, string>>;
}

export interface DeclaredCheck extends CheckMeta {
  /** Name in `Pack.files` of the file that declares it. */
  readonly file: string;
}

/** A load profile without its code. */
export interface DeclaredLoad {
  /** Name of the file without folder and endings: `mixed` for `load/mixed.load.ts`. */
  readonly profile: string;
  readonly title: string;
  readonly seconds: number;
  readonly connections: number;
  /** Name in `Pack.files`. */
  readonly file: string;
}
