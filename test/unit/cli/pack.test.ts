import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import { packCommand } from '../../../harness/cli/commands/pack/index.js';

let packs: string;
let out: string;
let err: string;

beforeEach(async () => {
  packs = await mkdtemp(join(tmpdir(), 'assayer-packs-'));
  [out, err] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  process.env['ASSAYER_PACK_DIRS'] = packs;
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env['ASSAYER_PACK_DIRS'];
  await rm(packs, { recursive: true });
});

/** How the program would end. */
async function pack(...args: string[]): Promise<number | string> {
  const program = new Command('assayer').exitOverride();
  packCommand(program);
  try {
    await program.parseAsync(['pack', ...args], { from: 'user' });
    return process.exitCode ?? 0;
  } finally {
    process.exitCode = 0;
  }
}

async function spoil(id: string): Promise<void> {
  const file = join(packs, id, 'checks', 'ownership.check.ts');
  await writeFile(file, (await readFile(file, 'utf8')).replace('points: 3', 'points: 0'));
}

test('new makes one, check finds nothing wrong with it, list has it', async () => {
  expect(await pack('new', join(packs, 'book-club'))).toBe(0);
  expect(out).toContain(`assayer pack verify ${relative(process.cwd(), join(packs, 'book-club'))} `);
  expect(await pack('check', 'book-club')).toBe(0);
  expect(out).toContain('book-club 1.0.0: 3 checks, nothing wrong with its files.');
  expect(await pack('list')).toBe(0);
  expect(out).toContain('book-club 1.0.0  Notes (T4, 3 checks)');
});

test('one that cannot be loaded hides no other from the list', async () => {
  await pack('new', join(packs, 'good'));
  await pack('new', join(packs, 'spoilt'));
  await spoil('spoilt');
  expect(await pack('list')).toBe(2);
  expect(out).toContain('good 1.0.0');
  expect(err).toContain('spoilt cannot be loaded');
  expect(err).toContain('checks/ownership.check.ts:4: check "notes-private".points must be over 0, not 0');
});

test('check tells what is wrong and ends with 1', async () => {
  await pack('new', join(packs, 'spoilt'));
  await spoil('spoilt');
  expect(await pack('check', 'spoilt', '--json')).toBe(1);
  expect(JSON.parse(out.slice(out.indexOf('{\n')))).toEqual({
    problems: [expect.stringContaining('points must be over 0')],
  });
});

test.each([
  [['--check', 'nope'], 'There is no check "nope"; there are note-kept, text-required, notes-private'],
  [['--only', '('], '--only takes a regular expression'],
  [['--only', 'a', '--check', 'note-kept'], 'either --check or --only'],
])('verify %j is refused before anything is run', async (flags, words) => {
  await pack('new', join(packs, 'good'));
  await expect(pack('verify', 'good', ...flags)).rejects.toThrow(words);
});

test('verify runs nothing of a pack whose files are wrong', async () => {
  await pack('new', join(packs, 'spoilt'));
  await spoil('spoilt');
  await expect(pack('verify', 'spoilt')).rejects.toMatchObject({ code: 'packFaulty' });
  expect(err).toContain('points must be over 0');
});
