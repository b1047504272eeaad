import { basename } from 'node:path';
import type {
  AssessmentSpec,
  DeclaredCheck,
  DeclaredLoad,
  LoadProfile,
} from '../../assessments/kit/index.js';
import {
  assessmentSpecSchema,
  checkMetaSchema,
  loadProfileSchema,
  sourceCheckMetaSchema,
} from '../../assessments/kit/schema/assessment.js';
import { PackError } from './error.js';
import { sourceName, type Evaluated } from './evaluate.js';
import { SPEC } from './sources.js';
import { validate } from './validate.js';

/** What one evaluated file of a pack declares. Each throws PackError, naming the line where it is known. */

/** A check, and where in the pack it stands, such as `checks/signature.check.ts:12`. */
export interface PlacedCheck {
  readonly check: DeclaredCheck;
  readonly at: string;
}

export function readSpec({ value }: Evaluated): AssessmentSpec {
  if (value === undefined)
    throw new PackError(SPEC, null, 'has no default export; write `export default defineAssessment({…})`');
  return validate<AssessmentSpec>(assessmentSpecSchema, value, SPEC);
}

export function readChecks(file: string, { checks }: Evaluated): PlacedCheck[] {
  if (checks.length === 0)
    throw new PackError(sourceName(file), null, 'declares no check; write `check({…}, async (t) => {…})`');
  return checks.map(({ meta, body, at }) => {
    const id = typeof meta?.id === 'string' ? `check "${meta.id}"` : 'check';
    if (body === null) return { check: { ...validate(sourceCheckMetaSchema, meta, at, id), file }, at };
    const check = { ...validate(checkMetaSchema, meta, at, id), file };
    if (typeof body !== 'function')
      throw new PackError(at, id, 'has no body; write `check({…}, async (t) => {…})`');
    return { check, at };
  });
}

export function readStub(file: string, { value }: Evaluated): void {
  if (!Array.isArray(value))
    throw new PackError(sourceName(file), null, 'must export a list of replies as its default');
}

export function readLoad(
  file: string,
  { value }: Evaluated,
): { load: DeclaredLoad; measured: PlacedCheck[] } {
  const at = sourceName(file);
  if (value === undefined)
    throw new PackError(at, null, 'has no default export; write `export default defineLoad({…})`');
  const {
    title,
    connections,
    measures,
    reconcile,
    checks = [],
  } = validate<LoadProfile>(loadProfileSchema, value, at);
  return {
    load: {
      profile: basename(file, '.load.cjs'),
      title,
      connections,
      measures,
      reconciles: reconcile !== undefined,
      file,
    },
    measured: checks.map((check) => ({ check: { ...check, dimension: 'performance', file }, at })),
  };
}
