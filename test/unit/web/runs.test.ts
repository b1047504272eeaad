import { describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '../../../harness/store/types.js';
import { pictureOf } from '../../../harness/web/runs/picture.js';
import { statusOf } from '../../../harness/web/submissions/status.js';

const at = new Date(0);
const numbered = (...events: StoredEvent[]) => events.map((event, index) => ({ seq: index + 1, at, event }));

describe('the picture of a run', () => {
  test('shows stages that are over, under way and to come', () => {
    const { stages, attempt, worker } = pictureOf(
      numbered(
        { type: 'started', attempt: 2, worker: 'w1' },
        { type: 'stageStarted', stage: 'intake' },
        { type: 'stageFinished', stage: 'intake', ms: 80 },
        { type: 'stageStarted', stage: 'install' },
      ),
    );
    expect([attempt, worker]).toEqual([2, 'w1']);
    expect(stages.slice(0, 3).map(({ name, state, ms }) => [name, state, ms])).toEqual([
      ['intake', 'done', 80],
      ['install', 'running', null],
      ['boot', 'open', null],
    ]);
  });

  test('knows which checks are over and which have begun', () => {
    const { checks, underway, notes } = pictureOf(
      numbered(
        { type: 'checkStarted', checkId: 'a' },
        { type: 'checkFinished', checkId: 'a', outcome: 'fail', message: 'No.' },
        { type: 'checkStarted', checkId: 'b' },
        { type: 'note', code: 'port', message: 'It listens elsewhere.' },
        { type: 'requeued', reason: 'The worker is gone.' },
      ),
    );
    expect([...checks]).toEqual([['a', 'fail']]);
    expect([...underway]).toEqual(['b']);
    expect(notes).toEqual(['It listens elsewhere.', 'The worker is gone.']);
  });
});

describe('how a run stands', () => {
  const verdict = (code: 'neverReady' | 'archiveUnsafe' | 'internal') =>
    ({ code, stage: 'boot', message: 'Why.', logTail: '' }) as const;

  test.each([
    ['queued', null, 'Waiting'],
    ['running', null, 'Running'],
    ['done', null, 'Graded'],
    ['done', verdict('neverReady'), 'Graded, broken'],
    ['done', verdict('archiveUnsafe'), 'Refused'],
    ['done', verdict('internal'), 'Not graded'],
    ['failed', verdict('internal'), 'Not graded'],
    ['cancelled', null, 'Cancelled'],
  ] as const)('%s, %j: %s', (state, why, word) => {
    const status = statusOf({ state, verdict: why });
    expect(status.word).toBe(word);
    expect(status.reason).toBe(why === null ? null : 'Why.');
  });
});
