import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadPack, PackError } from '../../../harness/packs/index.js';
import { BASIC, packWith } from './support.js';

describe('a bad pack is refused with one sentence that names file and field', () => {
  test.each([
    [
      'an unknown practice',
      'checks/create.check.ts',
      "practice: '4.1'",
      "practice: '4.9'",
      'checks/create.check.ts:3: check "create-note".practice T4 has no "4.9", only 4.1, 4.2, 4.3, 4.4, 4.5',
    ],
    [
      'no points',
      'checks/create.check.ts',
      'points: 4',
      'points: 0',
      'checks/create.check.ts:3: check "create-note".points must be over 0',
    ],
    [
      'an unknown level',
      'checks/survives.check.ts',
      "level: 'mid'",
      "level: 'guru'",
      'checks/survives.check.ts:3: check "survives-crash".level',
    ],
    [
      'an unknown field',
      'checks/survives.check.ts',
      'fresh: true',
      'clean: true',
      'checks/survives.check.ts:3: check "survives-crash"',
    ],
    [
      'the same id twice',
      'checks/survives.check.ts',
      "id: 'survives-crash'",
      "id: 'create-note'",
      'checks/survives.check.ts:3: check "create-note" is declared at checks/create.check.ts:3 as well',
    ],
    [
      'an unknown probe',
      'checks/survives.check.ts',
      'check(\n',
      "import { probe } from 'assayer/kit'; probe('no-such', { id: 'x', points: 1 }, {});\ncheck(\n",
      'checks/survives.check.ts:3: threw while it was read: there is no probe named "no-such" in the probe library; it has deep-json, error-leak,',
    ],
    ['a syntax error', 'checks/create.check.ts', 'async (t)', 'async (t', 'checks/create.check.ts:'],
    [
      'an import that is not there',
      'stubs/registry.stub.ts',
      "import type { StubReply } from 'assayer/kit'",
      "import { StubReply } from './nowhere.js'; export const x = StubReply",
      'stubs/registry.stub.ts:1: Could not resolve "./nowhere.js"',
    ],
    [
      'a taken port',
      'assessment.ts',
      'port: 9101',
      'port: 8080',
      'assessment.ts: stubs.registry.port is taken by the service',
    ],
    [
      'a stub that nothing declares',
      'assessment.ts',
      "stub: 'registry' }",
      "stub: 'archive' }",
      'assessment.ts: env.REGISTRY_URL.stub names no declared stub: archive',
    ],
    [
      'a topic without weight',
      'assessment.ts',
      'T7: 1, ',
      '',
      'assessment.ts: topicWeights has no T7, so check "survives-crash" would count for nothing',
    ],
    [
      'a public check that is none',
      'assessment.ts',
      "publicChecks: ['create-note']",
      "publicChecks: ['make-note']",
      'assessment.ts: publicChecks names no check of this pack: make-note',
    ],
    [
      'a version that is none',
      'assessment.ts',
      "'1.0.0'",
      "'one'",
      'assessment.ts: version must be a semantic version, such as 1.0.0',
    ],
    [
      'no default export',
      'assessment.ts',
      'export default',
      'export const spec =',
      'assessment.ts: has no default export',
    ],
    [
      'a load without requests',
      'load/mixed.load.ts',
      'requests:',
      'calls:',
      'load/mixed.load.ts: has no field "calls", and lacks requests',
    ],
    [
      'a second processor asked for where there is one',
      'load/mixed.load.ts',
      "measures: ['cost']",
      "measures: ['cores']",
      'assessment.ts: limits.cpus is under 2, but load/mixed.load.ts measures cores',
    ],
    ['a stub that is no list', 'stubs/registry.stub.ts', 'export default [', 'export default { list: [', ''],
  ])('%s', async (_what, file, from, to, message) => {
    const dir = await packWith(file, from, to);
    const error = await loadPack(dir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PackError);
    expect((error as PackError).message).toContain(message);
    expect((error as PackError).message).not.toContain('\n');
  });

  const bar = (figure: string): string => `checks: [{
    id: 'bar', title: 'A bar', topic: 'T4', practice: '4.1', level: 'junior', points: 1,
    why: 'why', remedy: 'remedy', questions: [{ ask: 'ask', listenFor: 'listen' }], bar: ${figure},
  }], requests:`;

  test.each([
    ["{ figure: 'spike', failedAtMost: 0.1, withinMs: 500 }", 'check "bar" needs spike among the measures'],
    ["{ figure: 'state' }", 'check "bar" needs a reconcile function'],
  ])('a bar for which nothing is measured: %s', async (figure, message) => {
    const dir = await packWith('load/mixed.load.ts', 'requests:', bar(figure));
    await expect(loadPack(dir)).rejects.toThrow(`load/mixed.load.ts: ${message}`);
  });

  test('processors kept busy, but not for what', async () => {
    const dir = await packWith('load/mixed.load.ts', "measures: ['cost']", "measures: ['cost', 'cores']");
    const spec = join(dir, 'assessment.ts');
    await writeFile(spec, (await readFile(spec, 'utf8')).replace('cpus: 1', 'cpus: 2'));
    await expect(loadPack(dir)).rejects.toThrow('load/mixed.load.ts: checks has none with the figure cost');
    const load = join(dir, 'load/mixed.load.ts');
    const text = await readFile(load, 'utf8');
    await writeFile(load, text.replace('requests:', bar("{ figure: 'cost', atLeast: 0.5 }")));
    expect((await loadPack(dir)).loads[0]?.measures).toContain('cores');
  });

  test('a check file that declares nothing', async () => {
    const dir = await packWith();
    await writeFile(join(dir, 'checks/empty.check.ts'), 'export {};\n');
    await expect(loadPack(dir)).rejects.toThrow('checks/empty.check.ts: declares no check');
  });

  test('a stub file that is missing', async () => {
    const dir = await packWith();
    await rm(join(dir, 'stubs/registry.stub.ts'));
    await expect(loadPack(dir)).rejects.toThrow('stubs.registry has no file stubs/registry.stub.ts');
  });

  test('a folder that is none', async () => {
    await expect(loadPack(join(BASIC, 'checks'))).rejects.toThrow('is not a pack: it has no assessment.ts');
  });
});
