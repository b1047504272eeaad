import type { AssessmentSpec } from './assessment.js';
import type { CheckMeta, Sought } from './check.js';
import type { Bar, LoadProfile } from './load.js';

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
  /** Set for a check without a body, which is judged by what was measured with the load profile of that file. */
  readonly bar?: Bar;
  /** Set for a check without a body, which is judged by the source of the submission. */
  readonly sought?: Sought;
}

/** A load profile without its code. */
export interface DeclaredLoad extends Pick<LoadProfile, 'title' | 'connections' | 'measures'> {
  /** It compares the state of the service after the load with what it was sent. */
  readonly reconciles: boolean;
  /** Name of the file without folder and endings: `mixed` for `load/mixed.load.ts`. */
  readonly profile: string;
  /** Name in `Pack.files`. */
  readonly file: string;
}
