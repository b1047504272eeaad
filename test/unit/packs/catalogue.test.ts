import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import { openCatalogue } from '../../../harness/catalogue.js';
import { packCommand } from '../../../harness/cli/commands/pack/index.js';
import { EXIT } from '../../../harness/errors.js';
import { BASIC } from './support.js';

/** Two folders of further assessments: one that is broken, and one that comes twice. */
let dir: string;
let packDirs: string[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-packs-'));
  packDirs = ['one', 'two'].map((name) => join(dir, name));
  for (const root of packDirs) await cp(BASIC, join(root, 'pack-basic'), { recursive: true });
  await writeFile(join(dir, 'two', 'pack-basic', 'assessment.ts'), 'export {};\n');
  await mkdir(join(dir, 'one', 'broken'));
  await writeFile(join(dir, 'one', 'broken', 'assessment.ts'), 'export {};\n');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('the catalogue takes the first of two, and leaves out what cannot be loaded', async () => {
  const broken: string[] = [];
  const catalogue = openCatalogue({ packDirs }, (id) => void broken.push(id));
  expect(await catalogue.ids()).toEqual(expect.arrayContaining(['broken', 'pack-basic', 'webhook-receiver']));
  expect((await catalogue.find('pack-basic'))?.dir).toBe(join(dir, 'one', 'pack-basic'));
  expect(await catalogue.find('none')).toBeNull();
  await expect(catalogue.find('broken')).rejects.toThrow('has no checks');
  const listed = (await catalogue.list()).map(({ spec }) => spec.id);
  expect(listed).toEqual((await catalogue.ids()).filter((id) => id !== 'broken'));
  expect(broken).toEqual(['broken']);
});

test('a pack that is mended is found at the next try', async () => {
  const catalogue = openCatalogue({ packDirs: [join(dir, 'two')] }, () => undefined);
  await expect(catalogue.find('pack-basic')).rejects.toThrow('no default export');
  await cp(join(BASIC, 'assessment.ts'), join(dir, 'two', 'pack-basic', 'assessment.ts'));
  expect((await catalogue.find('pack-basic'))?.spec.id).toBe('pack-basic');
});

test('pack list shows the same, and says what is broken', async () => {
  const [before, written, said]: [NodeJS.ProcessEnv, string[], string[]] = [process.env, [], []];
  process.env = { ...before, ASSAYER_STATE_DIR: dir, ASSAYER_PACK_DIRS: packDirs.join(':') };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  ];
  try {
    const program = new Command();
    packCommand(program);
    await program.parseAsync(['pack', 'list', '--json'], { from: 'user' });
    expect(process.exitCode).toBe(EXIT.usage);
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.env = before;
    process.exitCode = undefined;
  }
  const rows = JSON.parse(written.join('')) as { id: string; checks: number }[];
  expect(rows).toContainEqual(expect.objectContaining({ id: 'pack-basic', checks: 4 }));
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['pack-basic', 'webhook-receiver']));
  expect(said.join('')).toMatch(/^assayer: broken in \S+ cannot be loaded: .*: has no checks/);
});
