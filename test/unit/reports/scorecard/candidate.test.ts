import { describe, expect, test } from '@jest/globals';
import type { Scorecard } from '../../../../assessments/kit/schema/scorecard.js';
import { renderScorecard } from '../../../../reports/scorecard/index.js';
import { candidateView } from '../../../../reports/scorecard/view/candidate.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';

const CANARY = 'canary-4f1e';

/** Every text of a scorecard that a candidate has no business with carries the canary. */
function marked(value: unknown, key = ''): unknown {
  const open = ['title', 'publicTitle', 'version', 'name', 'gradedAt', 'digest'].includes(key);
  const closedWords = [
    'status',
    'outcome',
    'topic',
    'level',
    'dimension',
    'kind',
    'code',
    'stage',
    'schemaVersion',
    'cgroup',
  ].includes(key);
  if (typeof value === 'string') return open || closedWords ? value : `${CANARY} ${value}`;
  if (Array.isArray(value)) return value.map((item) => marked(item));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === 'id' && key === '' ? inner : marked(inner, name),
      ]),
    );
  }
  return value;
}

/** With a public title on every check, so that title, why and remedy are all hidden. */
function secretive(card: Scorecard): Scorecard {
  const checks = card.checks.map((check, index) => ({
    ...check,
    title: `${CANARY} ${check.title}`,
    publicTitle: `Public ${index}`,
  }));
  return { ...(marked({ ...card, checks }) as Scorecard), topics: card.topics };
}

describe('the candidate’s page', () => {
  test('nothing of a hidden check is in it', () => {
    const html = renderScorecard(secretive(goldenScorecard()), { audience: 'candidate' });
    expect(html).not.toContain(CANARY);
    expect(html).toContain('Public 0');
    expect(html).not.toMatch(/curl|Expected|Observed|resume-after-crash/);
  });

  test('shows public titles and whether they were met', () => {
    const view = candidateView(goldenScorecard());
    const checks = view.topics.flatMap((topic) => topic.checks);
    expect(view.sentence).toBe(
      '31 of 40 checks met. 2 checks could not be measured through no doing of yours, and cost you nothing.',
    );
    expect(
      checks.find((check) => check.title === 'Accepted work survives an unexpected end of the process'),
    ).toEqual({
      title: 'Accepted work survives an unexpected end of the process',
      outcome: 'fail',
      word: 'Not met',
      hint: null,
    });
    expect(
      checks.find((check) => check.title.startsWith('The connection of a timed-out call'))?.hint?.remedy,
    ).toMatch(/^Abort the request/);
    expect(checks.filter((check) => check.outcome === 'pass').every((check) => check.hint === null)).toBe(
      true,
    );
  });

  test.each([
    ['boot', 'Nothing listened.', 'Nothing listened.'],
    ['correctness', 'It died in check xyz.', 'Your service did not get to the end of the checks.'],
  ] as const)('of a run that ended in stage %s', (stage, message, shown) => {
    const verdict = { code: 'exited', stage, message, logTail: 'GET /hidden' } as const;
    const html = renderScorecard({ ...goldenScorecard(), verdict }, { audience: 'candidate' });
    expect(html).toContain(shown);
    expect(html).not.toMatch(/GET \/hidden|check xyz/);
  });

  test('our fault is said to be ours', () => {
    const verdict = { code: 'internal', stage: 'boot', message: 'stack', logTail: '' } as const;
    const view = candidateView({ ...goldenScorecard(), status: 'notGraded', verdict });
    expect(view).toMatchObject({
      topics: [],
      sentence: '',
      ended: expect.stringContaining('That is our fault'),
    });
  });
});
