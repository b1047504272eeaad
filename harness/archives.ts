import { createReadStream } from 'node:fs';
import type { SubmissionArchive } from '../assessments/kit/index.js';
import type { Config } from './config.js';
import { AssayerError } from './errors.js';
import { blobPath, isFull, openArchive, writeBlob } from './intake/index.js';
import { findKept, keepArchive } from './store/archives.js';
import type { Store } from './store/database.js';

/** Where archives are: files of this machine, and beside them the database, for the other machines. */
export interface ArchiveHome {
  readonly store: Store;
  readonly blobsDir: string;
}

/** An embedded database serves one state folder, whose files all of its processes see. */
export const hasOtherMachines = ({ databaseUrl }: Pick<Config, 'databaseUrl'>): boolean =>
  databaseUrl !== undefined;

/** Lets workers on other machines have an archive that was taken in here. */
export const shareArchive = ({ store, blobsDir }: ArchiveHome, digest: string): Promise<void> =>
  keepArchive(store, digest, createReadStream(blobPath(blobsDir, digest)));

/**
 * The archive from the files of this machine, or else brought here from the database; checked byte for byte.
 * @throws AssayerError archiveMissing
 */
export async function findArchive(
  { store, blobsDir }: ArchiveHome,
  digest: string,
): Promise<SubmissionArchive> {
  try {
    return await openArchive(blobsDir, digest);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const kept = await findKept(store, digest);
  if (!kept) throw new AssayerError('archiveMissing', { digest: digest.slice(0, 12), dir: blobsDir });
  await writeBlob(blobsDir, digest, kept.content).catch((error: unknown) => {
    throw isFull(error) ? new AssayerError('diskFull', { dir: blobsDir }, { cause: error }) : error;
  });
  return openArchive(blobsDir, digest);
}
