import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildFailure } from 'esbuild';
import { PackError } from './error.js';

/** The kit beside this file: TypeScript in the source tree, JavaScript once built. */
const KIT = ['ts', 'js']
  .map((ending) => fileURLToPath(new URL(`../../assessments/kit/index.${ending}`, import.meta.url)))
  .filter((path) => existsSync(path));

/** Whether a file is part of the kit, which is compiled into each file of a pack. */
export const isOfKit = (path: string): boolean => KIT.some((kit) => path.startsWith(dirname(kit)));

/** One entry file, ready to be evaluated. */
export interface Compiled {
  readonly text: string;
  /** Its source map, JSON. */
  readonly map: string;
}

/**
 * Compiles a pack's entry files, each to one self-contained CommonJS text.
 * @param sources names relative to `dir`, such as `checks/signature.check.ts`
 * @returns `files` by the same names ending in `.cjs`, in the order given; `inputs`: every file of the pack that they are made from
 * @throws PackError naming the file and line that does not compile
 */
export async function compile(
  dir: string,
  sources: readonly string[],
): Promise<{ files: Map<string, Compiled>; inputs: ReadonlySet<string> }> {
  const built = await build({
    absWorkingDir: dir,
    entryPoints: sources.map((source) => ({ in: join(dir, source), out: source.replace(/\.ts$/, '') })),
    outdir: dir,
    outExtension: { '.js': '.cjs' },
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    alias: Object.fromEntries(KIT.map((path) => ['assayer/kit', path])),
    // The pack's own tsconfig must not decide, and paths in comments would put this machine into the digest.
    tsconfigRaw: '{}',
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
    metafile: true,
    // Beside the text, which says nothing of it: the map has paths of this machine.
    sourcemap: 'external',
    sourcesContent: false,
  }).catch((error: unknown) => {
    throw isBuildFailure(error) ? explain(error) : error;
  });
  const texts = new Map(built.outputFiles.map((file) => [file.path.slice(dir.length + 1), file.text]));
  const files = sources.map(compiledName).map((name): [string, Compiled] => {
    return [name, { text: texts.get(name) ?? '', map: texts.get(`${name}.map`) ?? '' }];
  });
  return { files: new Map(files), inputs: new Set(Object.keys(built.metafile.inputs)) };
}

export const compiledName = (source: string): string => source.replace(/\.ts$/, '.cjs');

function isBuildFailure(error: unknown): error is BuildFailure {
  return (
    error instanceof Error && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0
  );
}

function explain(failure: BuildFailure): PackError {
  const [first] = failure.errors;
  const file = first?.location?.file ?? 'the pack';
  const line = first?.location?.line;
  return new PackError(line === undefined ? file : `${file}:${line}`, null, first?.text ?? failure.message);
}
