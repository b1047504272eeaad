import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../../../docker/paths.js';
import { inScratch } from '../../../docker/scratch.js';
import { sourcesOf } from '../../packs/sources.js';

/**
 * What the compiler of TypeScript says of a pack's files, as `file:line: sentence`. It finds what loading cannot: bodies are only
 * run beside a submission.
 */
export async function typeProblems(folder: string): Promise<string[]> {
  const dir = resolve(folder);
  const files = Object.values(await sourcesOf(dir)).flat();
  return inScratch(async (own) => {
    const config = { compilerOptions: OPTIONS, files: files.map((file) => join(dir, file)) };
    await writeFile(join(own, 'tsconfig.json'), JSON.stringify(config));
    const compiler = join(projectRoot, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
    const { stdout } = await execa(process.execPath, [compiler, '--pretty', 'false', '-p', own], {
      cwd: dir,
      reject: false,
    });
    return stdout.split('\n').flatMap((line) => inWords(line, dir));
  });
}

/** Those of this program, without what is a matter of taste. */
const OPTIONS = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: ['node'],
  typeRoots: [join(projectRoot, 'node_modules', '@types')],
  paths: { 'assayer/kit': [join(projectRoot, 'assessments', 'kit', 'index.ts')] },
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** `checks/a.check.ts(19,31): error TS2551: …`; further lines of a message are indented, and left out. */
function inWords(line: string, dir: string): string[] {
  const [, file, number, sentence] = /^(\S.*?)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line) ?? [];
  return file === undefined ? [] : [`${relative(dir, resolve(dir, file))}:${number}: ${sentence}`];
}
