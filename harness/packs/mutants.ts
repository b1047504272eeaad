import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

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

/** The mutants that a pack ships, sorted by id; `pack verify` proves what they declare. */
export async function readMutants(packDir: string): Promise<Mutant[]> {
  const ids = await foldersOf(join(packDir, 'mutants'));
  return Promise.all(
    ids.map(async (id) => {
      const folder = join(packDir, 'mutants', id);
      const file = join(folder, 'mutant.json');
      const parsed = mutantSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
      if (parsed.success) return { id, folder, ...parsed.data };
      throw new Error(`${file} is not a mutant description: ${z.prettifyError(parsed.error)}`);
    }),
  );
}

/** Names of the folders in a folder, sorted; none when it is not there. */
export async function foldersOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
