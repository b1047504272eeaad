import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

export const FIXTURES = join(process.cwd(), 'test/fixtures');
export const BASIC = join(FIXTURES, 'pack-basic');
const made: string[] = [];

/** A copy of the basic pack elsewhere, with some text of one file replaced. */
export async function packWith(file?: string, from = '', to = ''): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assayer-pack-'));
  made.push(dir);
  await cp(BASIC, dir, { recursive: true });
  if (file !== undefined) {
    const text = await readFile(join(dir, file), 'utf8').catch(() => '');
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
    await writeFile(join(dir, file), text.replace(from, to));
  }
  return dir;
}

afterEach(async () => {
  await Promise.all(made.splice(0).map((dir) => rm(dir, { recursive: true })));
});
