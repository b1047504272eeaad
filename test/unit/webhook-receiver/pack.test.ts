import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TOPICS, type Pack } from '../../../assessments/kit/index.js';
import { loadPack } from '../../../harness/packs/index.js';

const run = promisify(execFile);
const dir = 'assessments/webhook-receiver';

/** What the pack says about itself has to agree; whether the checks discriminate is for `pack verify`. */
describe('webhook-receiver', () => {
  let pack: Pack;
  let mutants: { id: string; practice: string; caughtBy: string[] }[];

  beforeAll(async () => {
    pack = await loadPack(dir);
    const ids = await readdir(join(dir, 'mutants'));
    mutants = await Promise.all(
      ids.map(async (id) => ({
        id,
        ...JSON.parse(await readFile(join(dir, 'mutants', id, 'mutant.json'), 'utf8')),
      })),
    );
  });

  test('the brief names exactly the settings that the service is given', async () => {
    const brief = await readFile(join(dir, 'brief', 'README.md'), 'utf8');
    const table = brief.slice(brief.indexOf('## Settings'), brief.indexOf('## How it is run'));
    const named = new Set([...table.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name));
    expect([...named].sort()).toEqual(Object.keys(pack.spec.env).sort());
  });

  test('every practice of its main topic has a check', () => {
    const covered = new Set(
      pack.checks.filter(({ topic }) => topic === 'T1').map(({ practice }) => practice),
    );
    expect([...covered].sort()).toEqual(Object.keys(TOPICS.T1.practices).sort());
  });

  test('every check is broken by a mutant, and no mutant names a check that is not there', () => {
    const caught = new Set(mutants.flatMap(({ caughtBy }) => caughtBy));
    expect([...caught].sort()).toEqual(pack.checks.flatMap((check) => (check.bar ? [] : [check.id])).sort());
  });

  test('every check has a reason, a remedy and a question with an answer to listen for', () => {
    const thin = pack.checks.filter(
      ({ why, remedy, questions }) =>
        why.length < 60 || remedy.length < 40 || !questions.some(({ listenFor }) => listenFor.length > 40),
    );
    expect(thin.map(({ id }) => id)).toEqual([]);
  });

  describe('mutants', () => {
    let copy: string;
    beforeAll(async () => {
      copy = await mkdtemp(join(tmpdir(), 'mutants-'));
      await cp(join(dir, 'solutions', 'senior', 'src'), join(copy, 'src'), { recursive: true });
    });
    afterAll(() => rm(copy, { recursive: true, force: true }));

    test('every patch applies to the reference', async () => {
      for (const { id } of mutants) {
        const patch = join(process.cwd(), dir, 'mutants', id, 'change.patch');
        await run('git', ['apply', '--check', patch], { cwd: copy });
      }
      expect(mutants.length).toBeGreaterThanOrEqual(20);
    });
  });
});
