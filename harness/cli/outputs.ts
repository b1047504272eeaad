import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AssayerError, reasonOf } from '../errors.js';

/**
 * Makes the folders that results go to, before anything is graded: after minutes of grading is too late to find out.
 * @throws AssayerError usage for a folder that cannot be made
 */
export async function makeFolders({ out, junit }: { out?: string; junit?: string }): Promise<void> {
  for (const dir of [out, junit && dirname(junit)]) {
    if (dir === undefined || dir === '') continue;
    try {
      await mkdir(dir, { recursive: true });
    } catch (error) {
      const problem = `Results cannot be written to ${dir} (${reasonOf(error)}). Name another folder.`;
      throw new AssayerError('usage', { problem }, { cause: error });
    }
  }
}
