import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeFolders, writeResultFiles } from '../../../harness/cli/result-files.js';
import * as formats from '../../../reports/formats/index.js';
import { graded } from '../../integration/support/records.js';

let dir: string;
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'assayer-test-'))));
afterAll(() => rm(dir, { recursive: true }));

test('each format that is asked for is in its file, in a folder that was not there', async () => {
  const { scorecard: card } = graded({ score: 80 });
  const files = {
    junit: join(dir, 'ci', 'junit.xml'),
    sarif: join(dir, 'ci', 'findings.sarif'),
    markdown: join(dir, 'summary.md'),
  };
  await makeFolders(files);
  await writeResultFiles(card, files);
  expect(await readFile(files.junit, 'utf8')).toBe(formats.toJunit(card));
  expect(await readFile(files.sarif, 'utf8')).toBe(formats.toSarif(card));
  expect(await readFile(files.markdown, 'utf8')).toBe(formats.toMarkdown(card));
});

test('a folder that cannot be made is told before anything is graded', async () => {
  await writeFile(join(dir, 'file'), '');
  const out = join(dir, 'file', 'out');
  await expect(makeFolders({ out })).rejects.toThrow(`Results cannot be written to ${out}`);
  await expect(makeFolders({ sarif: join(out, 'x.sarif') })).rejects.toMatchObject({ code: 'usage' });
});
