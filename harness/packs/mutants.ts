import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { reasonOf } from '../errors.js';
import { PackError } from './error.js';
import { validate } from './validate.js';

/** `mutants/<id>/mutant.json`. */
const mutantSchema = z.strictObject({
  title: z.string().min(10),
  practice: z.string(),
  /** Ids of exactly the checks that must fail. */
  caughtBy: z.array(z.string()).min(1),
});

/** The senior solution with one practice broken, and the checks that must notice. */
export interface Mutant extends z.infer<typeof mutantSchema> {
  readonly id: string;
  readonly folder: string;
}

/**
 * The mutants that a pack ships, sorted by id; `pack verify` proves what they declare.
 * @throws PackError naming the description that cannot be used
 */
export async function readMutants(packDir: string): Promise<Mutant[]> {
  const ids = await foldersOf(join(packDir, 'mutants'));
  return Promise.all(
    ids.map(async (id) => {
      const file = `mutants/${id}/mutant.json`;
      const text = await readFile(join(packDir, file), 'utf8').catch(() => {
        throw new PackError(file, null, 'is not there; it says which checks must catch the mutant');
      });
      return { id, folder: join(packDir, 'mutants', id), ...validate(mutantSchema, parse(file, text), file) };
    }),
  );
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PackError(file, null, `is not JSON: ${reasonOf(error)}`);
  }
}

/** Names of the folders in a folder, sorted; none when it is not there. */
export async function foldersOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
