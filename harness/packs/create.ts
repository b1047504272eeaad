import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { projectRoot } from '../../docker/paths.js';
import { AssayerError } from '../errors.js';

/** A small pack that holds, which a new one begins as. Its id stands in the files where the new one's has to. */
const TEMPLATE = join(projectRoot, 'harness', 'packs', 'pack-template');

/**
 * Makes a pack that works, to be changed into the one that is wanted.
 * @returns its folder
 * @throws AssayerError usage, where the folder's name cannot be an id or something is in it already
 */
export async function createPack(folder: string): Promise<string> {
  const dir = resolve(folder);
  const id = basename(dir);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw refused(
      `The folder's name is the id of the assessment, so it must be like rate-limiter, not "${id}".`,
    );
  if ((await readdir(dir).catch(() => [])).length > 0)
    throw refused(`${folder} is there already and has files in it. Name a folder that is new.`);
  await mkdir(dir, { recursive: true });
  await cp(TEMPLATE, dir, { recursive: true });
  const spec = join(dir, 'assessment.ts');
  await writeFile(spec, (await readFile(spec, 'utf8')).replace(basename(TEMPLATE), id));
  await writeFile(join(dir, 'tsconfig.json'), `${JSON.stringify(editorConfig(dir), null, 2)}\n`);
  return dir;
}

/** Tells an editor where the kit is. Nothing else reads it, so it may be corrected for another place, or be dropped. */
function editorConfig(dir: string): object {
  const installed = relative(dir, projectRoot);
  return {
    compilerOptions: {
      target: 'ES2023',
      module: 'NodeNext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(installed, 'node_modules', '@types')],
      paths: { 'assayer/kit': [join(installed, 'assessments', 'kit', 'index.ts')] },
    },
    include: ['*.ts', 'checks', 'stubs', 'load'],
  };
}

const refused = (problem: string): AssayerError => new AssayerError('usage', { problem });
