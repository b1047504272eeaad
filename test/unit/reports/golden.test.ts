import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import Draft04 from 'ajv-draft-04';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { toJson } from '../../../reports/formats/json.js';
import { toSarif } from '../../../reports/formats/sarif.js';
import { scorecardJsonSchema } from '../../../reports/formats/schema.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';
import { hostileScorecard } from './hostile.js';

/** Files that are made by code. `UPDATE_GOLDEN=1` in front of this test writes them anew; look at the difference. */
const FILES = {
  'reports/formats/scorecard.schema.json': scorecardJsonSchema(),
  'test/golden/webhook-receiver.scorecard.json': toJson(goldenScorecard()),
};

test.each(Object.entries(FILES))('%s is what the code makes', (file, made) => {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, made);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(made));
});

test.each([
  ['the golden scorecard', goldenScorecard()],
  ['one full of hostile text', hostileScorecard()],
])('SARIF of %s holds to the official schema', (_name, card) => {
  const schema = new URL(
    '../lib/schemas/sarif-2.1.0-rtm.5.json',
    import.meta.resolve('@microsoft/jest-sarif'),
  );
  const ajv = new Draft04.default({ strict: false, validateFormats: false, unicodeRegExp: false });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  validate(JSON.parse(toSarif(card)));
  expect(validate.errors).toBeNull();
});

describe('the published schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(scorecardJsonSchema()) as object);

  test.each([
    ['the golden scorecard', goldenScorecard()],
    ['one full of hostile text', hostileScorecard()],
  ])('accepts %s', (_name, card) => {
    validate(JSON.parse(toJson(card)));
    expect(validate.errors).toBeNull();
  });

  test.each([
    ['a score over 100', { overall: { score: 101, range: null, notMeasured: [] } }],
    ['an unknown status', { status: 'fine' }],
    ['a key that is not ours', { surprise: true }],
  ])('refuses %s', (_name, part) => {
    expect(validate({ ...goldenScorecard(), ...part })).toBe(false);
  });
});

test('the golden submission is one of a solid mid-level engineer', () => {
  const card = goldenScorecard();
  expect(card.overall.notMeasured).toEqual(['graceful-shutdown', 'cost-per-request']);
  expect(card.topics.find((topic) => topic.id === 'T1')).toMatchObject({ level: 'mid' });
  expect(card.checks.length).toBeGreaterThanOrEqual(40);
  expect(new Set(card.checks.flatMap((check) => check.evidence.map((item) => item.kind))).size).toBe(6);
});
