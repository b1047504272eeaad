import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { AssessmentSpec, Pack } from '../../assessments/kit/index.js';
import { compile, compiledName, type Compiled } from './compile.js';
import { requireConsistent } from './consistent.js';
import { PackError } from './error.js';
import { evaluate, type Evaluated } from './evaluate.js';
import { readChecks, readLoad, readSpec, readStub } from './read.js';
import { sourcesOf, SPEC } from './sources.js';

/**
 * Loads a pack from any folder: compiles its files, reads what they declare, and checks all of it.
 * @throws PackError naming the file and field that is wrong
 */
export async function loadPack(folder: string): Promise<Pack> {
  const dir = resolve(folder);
  const sources = await sourcesOf(dir);
  if (sources.spec.length === 0) throw new PackError(folder, null, `is not a pack: it has no ${SPEC}`);
  if (sources.checks.length === 0) throw new PackError(folder, null, 'has no checks (checks/*.check.ts)');

  const { files: compiled } = await compile(dir, Object.values(sources).flat());
  const read = (names: readonly string[]): (readonly [string, Evaluated])[] =>
    names.map(compiledName).map((name) => [name, evaluate(name, compiled.get(name) as Compiled)]);

  const [spec] = read(sources.spec).map(([, evaluated]) => readSpec(evaluated)) as [AssessmentSpec];
  const loaded = read(sources.load).map(([file, evaluated]) => readLoad(file, evaluated));
  const placed = [
    ...read(sources.checks).flatMap(([file, evaluated]) => readChecks(file, evaluated)),
    ...loaded.flatMap(({ measured }) => measured),
  ];
  const loads = loaded.map(({ load }) => load);
  requireConsistent({ spec, checks: placed, loads, stubSources: sources.stubs });
  for (const [file, evaluated] of read(sources.stubs)) readStub(file, evaluated);

  compiled.delete(compiledName(SPEC));
  const files = Object.fromEntries([...compiled].map(([name, { text }]) => [name, text]));
  const checks = placed.map(({ check }) => check);
  return { dir, spec, checks, loads, files, digest: digest(spec, files) };
}

/** The compiled texts carry the parts of the kit they use. */
function digest(spec: AssessmentSpec, files: Readonly<Record<string, string>>): string {
  const parts = [JSON.stringify(spec), ...Object.entries(files).sort().flat()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
