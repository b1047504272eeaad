import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type {
  AssessmentSpec,
  DeclaredCheck,
  DeclaredLoad,
  LoadProfile,
  Pack,
} from '../../assessments/kit/index.js';
import {
  assessmentSpecSchema,
  checkMetaSchema,
  loadProfileSchema,
} from '../../assessments/kit/schema/assessment.js';
import { compile, compiledName } from './compile.js';
import { requireConsistent, SPEC } from './consistent.js';
import { PackError } from './error.js';
import { collectChecks, evaluate, sourceName } from './evaluate.js';
import { validate } from './validate.js';

/**
 * Loads a pack from any folder: compiles its files, reads what they declare, and checks all of it.
 * @throws PackError naming the file and field that is wrong
 */
export async function loadPack(folder: string): Promise<Pack> {
  const dir = resolve(folder);
  const [specs, checkSources, stubSources, loadSources] = await Promise.all([
    entries(dir, '', SPEC),
    entries(dir, 'checks', '.check.ts'),
    entries(dir, 'stubs', '.stub.ts'),
    entries(dir, 'load', '.load.ts'),
  ]);
  if (specs.length === 0) throw new PackError(folder, null, `is not a pack: it has no ${SPEC}`);
  if (checkSources.length === 0) throw new PackError(folder, null, 'has no checks (checks/*.check.ts)');

  const compiled = await compile(dir, [SPEC, ...checkSources, ...stubSources, ...loadSources]);
  const texts = (sources: readonly string[]): (readonly [string, string])[] =>
    sources.map((source) => [compiledName(source), compiled.get(compiledName(source)) ?? '']);

  const [[specFile, specText] = ['', '']] = texts([SPEC]);
  const spec = readSpec(evaluate(specFile, specText, collectChecks()));
  const loaded = texts(loadSources).map(([file, text]) => readLoad(file, text));
  const checks = [
    ...texts(checkSources).flatMap(([file, text]) => readChecks(file, text)),
    ...loaded.flatMap(({ measured }) => measured),
  ];
  const loads = loaded.map(({ load }) => load);
  requireConsistent({ spec, checks, loads, stubSources });
  for (const [file, text] of texts(stubSources)) readStub(file, text);

  compiled.delete(specFile);
  const files = Object.fromEntries(compiled);
  return { dir, spec, checks, loads, files, digest: digest(spec, files) };
}

async function entries(dir: string, folder: string, ending: string): Promise<string[]> {
  const names = await readdir(resolve(dir, folder)).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => (folder === '' ? name : `${folder}/${name}`));
}

function readSpec(value: unknown): AssessmentSpec {
  if (value === undefined)
    throw new PackError(SPEC, null, 'has no default export; write `export default defineAssessment({…})`');
  return validate<AssessmentSpec>(assessmentSpecSchema, value, SPEC);
}

function readChecks(file: string, text: string): DeclaredCheck[] {
  const collected = collectChecks();
  evaluate(file, text, collected);
  if (collected.metas.length === 0) throw new PackError(sourceName(file), null, 'declares no check');
  return collected.metas.map((meta) => ({
    ...validate(checkMetaSchema, meta, sourceName(file), `check "${meta.id}"`),
    file,
  }));
}

function readStub(file: string, text: string): void {
  const replies = evaluate(file, text, collectChecks());
  if (!Array.isArray(replies))
    throw new PackError(sourceName(file), null, 'must export a list of replies as its default');
}

function readLoad(file: string, text: string): { load: DeclaredLoad; measured: DeclaredCheck[] } {
  const profile = validate<LoadProfile>(
    loadProfileSchema,
    evaluate(file, text, collectChecks()),
    sourceName(file),
  );
  const { title, connections, measures, reconcile, checks = [] } = profile;
  return {
    load: {
      profile: basename(file, '.load.cjs'),
      title,
      connections,
      measures,
      reconciles: reconcile !== undefined,
      file,
    },
    measured: checks.map((check) => ({ ...check, dimension: 'performance', file })),
  };
}

/** The compiled texts carry the parts of the kit they use. */
function digest(spec: AssessmentSpec, files: Readonly<Record<string, string>>): string {
  const parts = [JSON.stringify(spec), ...Object.entries(files).sort().flat()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
