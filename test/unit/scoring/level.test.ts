import { describe, expect, test } from '@jest/globals';
import type { Finding, Level } from '../../../assessments/kit/index.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import { check, finding, policy, record } from './build.js';

type Outcome = Finding['outcome'];

/** A topic of checks worth 5 points each, by level; bars are junior 60 %, mid 80 %, senior 90 %. */
function topic(outcomes: Partial<Record<Level, readonly Outcome[]>>) {
  const made = Object.entries(outcomes).flatMap(([level, list]) =>
    list.map((outcome, index) => ({
      meta: check(`${level}-${index}`, {
        level: level as Level,
        points: 5,
        title: `${level} thing ${index}`,
      }),
      outcome,
    })),
  );
  const found = made.map(({ meta, outcome }) => finding(meta.id, outcome));
  return scoreRun(record(found), policy(made.map(({ meta }) => meta))).topics[0];
}

describe('the level of a topic', () => {
  test('is the highest whose bar is met, counting everything up to it', () => {
    const result = topic({ junior: ['pass', 'pass'], mid: ['pass', 'pass'], senior: ['pass', 'fail'] });
    expect(result?.level).toBe('mid');
    expect(result?.reason).toBe(
      'Mid: 20 of 20 points, bar 80 %. Not senior: 25 of 30 points, bar 90 %; "senior thing 1" failed.',
    );
  });

  test('is senior when every bar is met', () => {
    const result = topic({ junior: ['pass'], mid: ['pass'], senior: ['pass'] });
    expect(result).toMatchObject({ level: 'senior', reason: 'Senior: 15 of 15 points, bar 90 %.' });
  });

  test('needs the level before it', () => {
    const result = topic({
      junior: ['fail', 'fail'],
      mid: ['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
    });
    expect(result?.level).toBe('below');
    expect(result?.reason).toBe(
      'Below junior: 0 of 10 points, bar 60 %; "junior thing 0" failed and "junior thing 1" failed.',
    );
  });

  test('names the three that cost most and counts the rest', () => {
    const { reason = '' } = topic({ junior: ['partial', 'fail', 'fail', 'fail', 'fail'] }) ?? {};
    expect(reason).toContain(
      '"junior thing 1" failed, "junior thing 2" failed, "junior thing 3" failed and 2 more',
    );
    expect(topic({ junior: ['partial'] })?.reason).toContain('"junior thing 0" was met in part');
  });

  test('a level without checks is never awarded', () => {
    const result = topic({ junior: ['pass', 'pass'] });
    expect(result?.level).toBe('junior');
    expect(result?.reason).toBe(
      'Junior: 10 of 10 points, bar 60 %. This topic has no mid and senior checks here.',
    );
    expect(topic({ junior: ['pass'], senior: ['pass'] })?.level).toBe('senior');
    expect(topic({ senior: ['fail'] })).toMatchObject({
      level: 'below',
      reason: expect.stringMatching(/^Below senior/),
    });
  });

  test('a level whose checks were not measured is not awarded, nor held against the next', () => {
    const unjudged = topic({ junior: ['pass', 'pass'], mid: ['pass'], senior: ['error', 'error', 'pass'] });
    expect(unjudged?.level).toBe('mid');
    expect(unjudged?.reason).toContain('Senior could not be judged: too few of its checks have a result.');
    expect(topic({ junior: ['error'], mid: ['pass', 'pass'] })?.level).toBe('mid');
  });

  test('is unknown where the missed level stands on one that was not measured', () => {
    const result = topic({ junior: ['error', 'error'], mid: ['fail', 'pass', 'pass'] });
    expect(result).toMatchObject({ level: null, score: 66.7 });
    expect(result?.reason).toMatch(/^Not mid: 10 of 15 points.*Junior could not be judged/);
  });

  test('a share that equals the bar meets it', () => {
    expect(topic({ junior: ['pass', 'pass', 'pass', 'fail', 'fail'] })?.level).toBe('junior');
  });
});
