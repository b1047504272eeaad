import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file for its owner alone, so that whoever reads it finds the former text or the new one, and never a part. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path).catch(async (error: unknown) => {
    await rm(draft, { force: true });
    throw error;
  });
}
