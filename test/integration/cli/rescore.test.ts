import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import type { Pack } from '../../../assessments/kit/index.js';
import { rescoreCommand } from '../../../harness/cli/commands/rescore.js';
import { loadPack } from '../../../harness/packs/index.js';
import { judge } from '../../../harness/review/judge.js';
import { listAttempts, listRescorings } from '../../../harness/store/attempts.js';
import { listAudit } from '../../../harness/store/audit.js';
import type { Store } from '../../../harness/store/database.js';
import { override } from '../../../harness/store/overrides.js';
import { createRegrade } from '../../../harness/store/regrades.js';
import { finding, record } from '../../unit/scoring/build.js';
import { actor, grade, ORG, submitted } from '../review/support.js';
import type { TestServices } from '../support/services.js';
import { freshDatabase, startServices } from '../support/services.js';

jest.setTimeout(30_000);

const FIXTURES = join(process.cwd(), 'test/fixtures');
const OUTCOMES = { 'announces-once': 'pass', 'create-note': 'pass', 'key-required': 'pass' } as const;
const MEASURED = record([
  ...Object.entries(OUTCOMES).map(([id, outcome]) => finding(id, outcome)),
  finding('survives-crash', 'fail'),
]);

let dir: string;
let services: TestServices;
let store: Store;
let pack: Pack;
const env = { ...process.env };
const written: string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-test-'));
  [services, pack] = await Promise.all([startServices(), loadPack(join(FIXTURES, 'pack-basic'))]);
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
beforeEach(async () => {
  const fresh = await freshDatabase(services);
  store = fresh.store;
  Object.assign(process.env, {
    ASSAYER_STATE_DIR: dir,
    ASSAYER_PACK_DIRS: FIXTURES,
    DATABASE_URL: fresh.url,
    REDIS_URL: services.redisUrl,
  });
});
afterEach(() => store.destroy());
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = env;
  process.exitCode = undefined;
  await services?.close();
  await rm(dir, { recursive: true, force: true });
});

/** Graded when the check that it fails and its topic weighed thrice as much, so that it has less than today's total. */
async function gradedBefore(): Promise<{ id: string; run: string }> {
  const submission = await submitted(store, {
    assessment: { id: 'pack-basic', version: '0.9.0', digest: 'd'.repeat(64) },
  });
  const heavier = pack.checks.map((check) =>
    check.id === 'survives-crash' ? { ...check, points: 3 * check.points } : check,
  );
  const spec = { ...pack.spec, topicWeights: { ...pack.spec.topicWeights, T7: 3 } };
  const scorecard = judge(MEASURED, [], { spec, checks: heavier });
  await grade(store, submission.run, { record: MEASURED, scorecard });
  return submission;
}

async function rescore(...args: string[]): Promise<{ score: number | null }> {
  written.length = 0;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  rescoreCommand(program);
  await program.parseAsync(['rescore', ...args, '--json'], { from: 'user' });
  return (JSON.parse(written.join('')) as { overall: { score: number | null } }).overall;
}

const today = (): number | null => judge(MEASURED, [], pack).overall.score;
const scoreOf = async (id: string) => (await listAttempts(store, ORG, id))[0]?.score;
const audit = async () => (await listAudit(store, ORG, { limit: 10 })).reverse();

test('by itself it says what the total would be, and changes nothing', async () => {
  const { id, run } = await gradedBefore();
  const before = await scoreOf(id);
  expect((await rescore(run)).score).toBe(today());
  expect(before).toBeLessThan(today() ?? 0);
  expect(await scoreOf(id)).toBe(before);
  expect(await audit()).toEqual([]);
});

test('what is kept is a regrade: with what changed, why, and who did it', async () => {
  const { id, run } = await gradedBefore();
  const former = await scoreOf(id);
  expect((await rescore(run, '--keep', 'the weights of July')).score).toBe(today());
  expect(await scoreOf(id)).toBe(today());
  expect(await listRescorings(store, ORG, id)).toMatchObject([
    {
      kind: 'rescore',
      run,
      former,
      reason: 'the weights of July',
      by: 'The operator, by the command line',
      difference: { before: former, after: today(), causes: [{ check: 'survives-crash', kind: 'points' }] },
    },
  ]);
  expect(await audit()).toMatchObject([
    { action: 'regrade.begun', actor_kind: 'system', actor_id: 'operator' },
    { action: 'regrade.promoted', actor_kind: 'system', actor_id: 'operator' },
  ]);
});

test('what people have overridden holds', async () => {
  const { id, run } = await gradedBefore();
  const word = { check: 'survives-crash', outcome: 'pass', reason: 'It does by hand.' } as const;
  await override(store, actor, id, word);
  expect((await rescore(run, '--keep', 'the weights of July')).score).toBe(100);
});

test('what can not be judged by the assessment of today is left as it is, and says so', async () => {
  const { id, run } = await submitted(store, {
    assessment: { id: 'pack-basic', version: '0.9.0', digest: 'd'.repeat(64) },
  });
  const few = record([finding('create-note', 'pass')]);
  const scorecard = judge(few, [], {
    ...pack,
    checks: pack.checks.filter((one) => one.id === 'create-note'),
  });
  await grade(store, run, { record: few, scorecard });
  await expect(rescore(run, '--keep', 'the weights of July')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('Rerun it instead'),
  });
  expect(await scoreOf(id)).toBe(100);
  expect((await audit()).map(({ action }) => action)).toEqual(['regrade.begun', 'regrade.discarded']);
});

test('a run that another one has taken the place of is not kept', async () => {
  const { id, run } = await gradedBefore();
  const assessment = { id: 'pack-basic', version: '1.0.0', digest: pack.digest };
  await createRegrade(store, actor, { kind: 'rerun', assessment, selection: {}, bar: 70, reason: 'again' });
  const [rerun] = await listAttempts(store, ORG, id);
  await store
    .updateTable('submissions')
    .set({ current_run: rerun?.run ?? '' })
    .where('id', '=', id)
    .execute();
  await expect(rescore(run, '--keep', 'the weights of July')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(`another run counts for its submission ${id}`),
  });
});

test('what cannot be kept is said before anything is judged', async () => {
  const file = join(dir, 'record.json');
  await writeFile(file, JSON.stringify(MEASURED));
  expect((await rescore(file, '-a', 'pack-basic')).score).toBe(today());
  const usage = { code: 'usage', message: expect.stringContaining('--keep is for a run') };
  await expect(rescore(file, '-a', 'pack-basic', '--keep', 'new weights')).rejects.toMatchObject(usage);
  await expect(rescore('run-x', '-a', 'pack-basic', '--keep', 'new weights')).rejects.toMatchObject(usage);
  await expect(rescore('run-x', '--keep', 'x')).rejects.toThrow('at least three characters');
  await expect(rescore('run-x')).rejects.toThrow('There is no run run-x with a scorecard');
});
