import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPack } from '../../../harness/packs/create.js';
import { examinePack } from '../../../harness/verify/examine/index.js';

const roots: string[] = [];
let dir: string;

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'assayer-examine-'));
  roots.push(root);
  dir = await createPack(join(root, 'notes'));
});
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true }))));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), text);
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(dir, file), 'utf8');
  expect(text).toContain(from);
  await write(file, text.replace(from, to));
}

const drop = (file: string): Promise<void> => rm(join(dir, file), { recursive: true });
const problems = async (): Promise<readonly string[]> => (await examinePack(dir)).problems;

describe('what is wrong with the files of a pack is told at once, without running it', () => {
  test('in what the files say', async () => {
    await change('assessment.ts', "id: 'notes'", "id: 'other'");
    await change('assessment.ts', 'T9: 1', 'T9: 1, T10: 1');
    await change('checks/notes.check.ts', 'expectStatus(found, 200', 'expectStatus(found.statusCode, 200');
    await write('brief/README.md', '\n');
    await write('brief/openapi.yaml', 'openapi: 3.1.0\n  bad: [\n');
    expect(await problems()).toEqual([
      expect.stringMatching(
        /^checks\/notes\.check\.ts:\d+: Property 'statusCode' does not exist on type 'Response'/,
      ),
      expect.stringMatching(
        /^assessment\.ts: id is "other", but an assessment is found by its folder, "notes"/,
      ),
      expect.stringMatching(/^assessment\.ts: topicWeights has T10, but no check is of it/),
      expect.stringMatching(/^brief\/README\.md: is not there or empty/),
      expect.stringMatching(/^brief\/openapi\.yaml:2: is not YAML/),
    ]);
  });

  test('in what is there', async () => {
    await write('checks/more/deep.check.ts', 'export {};\n');
    await write('../shared.ts', 'export const shared = 1;\n');
    await change(
      'checks/ownership.check.ts',
      'import { create',
      "import { shared } from '../../shared.js';\nimport { create",
    );
    await change('checks/ownership.check.ts', 'const owner = t', 'const owner = shared + t');
    await write('loads/busy.load.ts', 'export {};\n');
    await drop('solutions/mid');
    await drop('cheats');
    expect(await problems()).toEqual([
      expect.stringMatching(
        /^checks\/more\/deep\.check\.ts: is read by nothing; only checks\/\*\.check\.ts are/,
      ),
      expect.stringMatching(/^\.\.\/shared\.ts: is imported from outside of the pack/),
      expect.stringMatching(/^loads: is read by nothing; the folder has to be called load\./),
      expect.stringMatching(/^solutions\/mid: has no package\.json/),
      expect.stringMatching(/^cheats: there is none/),
    ]);
  });

  test('in its mutants', async () => {
    await change('mutants/created-as-ok/mutant.json', 'note-kept', 'note-keept');
    await change('mutants/created-as-ok/mutant.json', '4.1', '4.9');
    await change('mutants/text-unchecked/change.patch', 'typeof body', 'typeof nobody');
    await drop('mutants/notes-shared/change.patch');
    expect(await problems()).toEqual([
      'mutants/created-as-ok/mutant.json: caughtBy names no check of this pack: note-keept.',
      'mutants/created-as-ok/mutant.json: there is no practice "4.9"; one looks like 4.1.',
      expect.stringMatching(/^mutants\/notes-shared\/change\.patch: is not there/),
      expect.stringMatching(
        /^mutants\/text-unchecked\/change\.patch: does not apply to solutions\/senior as it is now \(patch failed: src\/server\.js:\d+\)/,
      ),
      expect.stringMatching(/^checks\/notes\.check\.ts: no mutant is caught by check "note-kept"/),
    ]);
  });

  test.each([
    ['that is no JSON', '{ title: 1 }', /^mutants\/notes-shared\/mutant\.json: is not JSON: /],
    [
      'without checks',
      '{ "title": "All share one shelf", "practice": "9.7" }',
      /caughtBy is missing: it must be a list$/,
    ],
  ])('in a description of a mutant %s', async (_name, text, sentence) => {
    await write('mutants/notes-shared/mutant.json', text);
    expect(await problems()).toEqual([expect.stringMatching(sentence)]);
  });

  test('in its load profiles, which make their requests only once a submission waits for them', async () => {
    const profile = (requests: string): string =>
      `import { defineLoad } from 'assayer/kit';\nexport default defineLoad({ title: 'Busy', connections: 2, measures: ['cost'], requests: ${requests} });\n`;
    await write('load/none.load.ts', profile('() => []'));
    await write(
      'load/thrown.load.ts',
      profile("({ env }) => [{ method: 'GET', path: env['GONE']!.trim() }]"),
    );
    expect(await problems()).toEqual([
      'load/none.load.ts: requests gives 0 requests; it must be 1 to 10000.',
      expect.stringMatching(/^load\/thrown\.load\.ts: requests throws: Cannot read properties of undefined/),
    ]);
  });

  test('in what keeps it from being loaded, beside what the compiler says', async () => {
    await change('checks/notes.check.ts', "topic: 'T4'", "topic: 'T44'");
    const { pack, problems: found } = await examinePack(dir);
    expect(pack).toBeNull();
    expect(found).toEqual([
      expect.stringMatching(/^checks\/notes\.check\.ts:8: Type '"T44"' is not assignable/),
      expect.stringMatching(
        /^checks\/notes\.check\.ts:4: check "note-kept"\.topic must be one of T1, .*, not "T44"$/,
      ),
    ]);
  });
});
