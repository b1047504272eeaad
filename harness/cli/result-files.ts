import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import { toJunit, toMarkdown, toSarif } from '../../reports/formats/index.js';
import { AssayerError, reasonOf } from '../errors.js';

/** The files that a result can be written to, for the programs that read such; each has an option of its name. */
export const RESULT_FILES = {
  junit: { what: 'write the checks as JUnit XML', render: toJunit },
  sarif: { what: 'write the security checks that cost points as SARIF', render: toSarif },
  markdown: { what: 'write a summary in Markdown, for the page of a CI job', render: toMarkdown },
} as const;

type ResultFile = keyof typeof RESULT_FILES;

/** Where to; what is left out is not written. */
export type ResultFiles = { readonly [Name in ResultFile]?: string };

const NAMES = Object.keys(RESULT_FILES) as ResultFile[];

/** The first that was asked for. */
export const firstWanted = (files: ResultFiles): ResultFile | undefined =>
  NAMES.find((name) => files[name] !== undefined);

/**
 * Makes the folders that results go to, before anything is graded: after minutes of grading is too late to find out.
 * @throws AssayerError usage for a folder that cannot be made
 */
export async function makeFolders({ out, ...files }: ResultFiles & { readonly out?: string }): Promise<void> {
  const dirs = NAMES.flatMap((name) => files[name] ?? []).map((file) => dirname(file));
  for (const dir of out === undefined ? dirs : [out, ...dirs]) {
    try {
      await mkdir(dir, { recursive: true });
    } catch (error) {
      const problem = `Results cannot be written to ${dir} (${reasonOf(error)}). Name another folder.`;
      throw new AssayerError('usage', { problem }, { cause: error });
    }
  }
}

export async function writeResultFiles(card: Scorecard, files: ResultFiles): Promise<void> {
  for (const name of NAMES) {
    const file = files[name];
    if (file !== undefined) await writeFile(file, RESULT_FILES[name].render(card));
  }
}
