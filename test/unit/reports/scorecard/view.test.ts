import { describe, expect, test } from '@jest/globals';
import { teamView } from '../../../../reports/scorecard/view/team.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';

const card = goldenScorecard();
const view = teamView(card, 'hash');

describe('the first screen', () => {
  test('says who, what and when', () => {
    expect(view.header.who).toBe('Ada Wren');
    expect(view.header.facts.map((fact) => fact.value)).toEqual([
      'webhook-receiver 1.0.0',
      '3f9a1c2be07d',
      'upload: webhook-receiver.zip',
      '22 Nov 2026, 09:15 UTC',
    ]);
  });

  test('a candidate without a name has a blind id that stays the same', () => {
    const { header } = teamView({ ...card, submission: { ...card.submission, candidate: null } }, '');
    expect(header).toMatchObject({ who: 'CANDIDATE 3F9A-1C2B', blind: true });
  });

  test('gives the total with its uncertainty', () => {
    expect(view.total.score).toBe(card.overall.score?.toFixed(1));
    expect(view.total.uncertainty).toMatch(
      /^The total lies between [\d.]+ and [\d.]+: 2 checks could not be measured, through no doing of the candidate\.$/,
    );
    expect(view.total.sentence).toBe(
      'Senior in 1 topic, mid in 5 topics and junior in 1 topic. 31 of 43 checks passed.',
    );
  });

  test('draws the band of each topic, with levels that have no checks apart', () => {
    const states = Object.fromEntries(
      (view.levels ?? []).map((level) => [level.id, level.band.map((segment) => segment.state)]),
    );
    expect(states['T1']).toEqual(['reached', 'reached', 'open']);
    expect(states['T2']).toEqual(['reached', 'reached', 'absent']);
    expect(states['T3']).toEqual(['reached', 'reached', 'reached']);
  });

  test('has three strengths and three concerns, each linked to a check that bears it out', () => {
    expect(view.strengths).toHaveLength(3);
    expect(view.concerns).toHaveLength(3);
    const outcomes = new Map(
      (view.checks?.topics ?? []).flatMap((topic) =>
        topic.checks.map((check) => [check.anchor, check.outcome]),
      ),
    );
    expect(view.strengths.map((item) => outcomes.get(item.anchor))).toEqual(['pass', 'pass', 'pass']);
    expect(view.concerns.map((item) => outcomes.get(item.anchor))).toEqual(['fail', 'fail', 'fail']);
    expect(view.concerns[0]).toMatchObject({
      anchor: 'check-event-loop-free',
      cost: 'Costs 6.7 points of 100.',
    });
  });
});

describe('checks', () => {
  const topics = view.checks?.topics ?? [];

  test('what cost points comes first', () => {
    expect(topics[0]?.checks.slice(0, 5).map((check) => check.outcome)).toEqual([
      'fail',
      'fail',
      'fail',
      'partial',
      'pass',
    ]);
  });

  test('our own faults stand apart from the topics', () => {
    expect(view.checks?.unmeasured.map((check) => check.id)).toEqual([
      'graceful-shutdown',
      'cost-per-request',
    ]);
    expect(topics.flatMap((topic) => topic.checks).some((check) => check.outcome === 'error')).toBe(false);
    expect(topics.find((topic) => topic.id === 'T7')?.counts).toBe('4 of 5 checks passed, 1 not measured');
  });

  test('every check is on the page once', () => {
    const shown = [...topics.flatMap((topic) => topic.checks), ...(view.checks?.unmeasured ?? [])];
    expect(shown.map((check) => check.id).sort()).toEqual(card.checks.map((check) => check.id).sort());
  });

  test('a check that lost points says how to see it again', () => {
    const [first] = topics[0]?.checks ?? [];
    expect(first?.reproduce).toBe(
      'npm run -s assayer -- grade ./submission --assessment webhook-receiver --out ./result',
    );
    expect(topics[0]?.checks.at(-1)?.reproduce).toBeNull();
  });
});

describe('the interview kit', () => {
  test('has five to eight different questions, failures first, then what went well', () => {
    const outcomes = view.questions.map((question) => question.outcome);
    expect(outcomes).toEqual(['fail', 'fail', 'fail', 'fail', 'fail', 'fail', 'pass', 'pass']);
    expect(new Set(view.questions.map((question) => question.ask)).size).toBe(8);
    expect(new Set(view.questions.map((question) => question.area)).size).toBe(8);
  });

  test('asks about strengths when nothing failed', () => {
    const checks = card.checks.map((check) => ({
      ...check,
      outcome: 'pass' as const,
      points: check.maxPoints,
    }));
    const { questions, concerns } = teamView({ ...card, checks }, '');
    expect(questions).toHaveLength(6);
    expect(concerns).toEqual([]);
  });
});

test('what containers used stands beside the limits', () => {
  const used = { containers: 2, cpuSeconds: 1.75, memoryPeakMb: 80, pidsPeak: 7, outputKb: 4 };
  const { groups } = teamView({ ...card, resources: [{ role: 'service', ...used }] }, '').trust;
  expect(groups.at(-1)).toEqual({
    heading: 'Used',
    facts: [
      {
        name: 'service (2)',
        value: '1.75 s of processor time, at most 80 MiB and 7 processes, 4 KiB of output',
      },
    ],
  });
  expect(teamView(card, '').trust.groups.at(-1)?.heading).toBe('Limits');
});

describe('runs that did not end in the ordinary way', () => {
  const findings = (outcome: 'fail' | 'error') =>
    card.checks.map((check) => ({
      checkId: check.id,
      outcome,
      fraction: outcome === 'fail' ? 0 : null,
      message: 'Not run.',
      expected: null,
      observed: null,
      evidence: [],
      durationMs: 0,
    }));

  test('by the submission: the verdict is the one concern, and there is nothing to ask about', () => {
    const verdict = {
      code: 'neverReady',
      stage: 'boot',
      message: 'Nothing listened.',
      logTail: 'boom\n',
    } as const;
    const stopped = teamView(goldenScorecard({ verdict, findings: findings('fail'), performance: null }), '');
    expect(stopped.verdict).toMatchObject({
      tone: 'candidate',
      stage: 'boot',
      message: 'Nothing listened.',
      tail: 'boom',
    });
    expect(stopped.concerns).toEqual([
      {
        title: 'The submission did not run to the end',
        detail: 'Nothing listened.',
        anchor: 'verdict',
        cost: null,
      },
    ]);
    expect(stopped.questions).toEqual([]);
    expect(stopped.levels?.[0]?.reason).toMatch(/^The submission ended early, in the boot stage; nothing/);
  });

  test('by us: no score, no checks, and nobody is blamed', () => {
    const verdict = { code: 'internal', stage: 'boot', message: 'Our fault.', logTail: '' } as const;
    const broken = teamView(
      goldenScorecard({ status: 'notGraded', verdict, findings: findings('error') }),
      '',
    );
    expect(broken).toMatchObject({ levels: null, checks: null, questions: [], strengths: [], concerns: [] });
    expect(broken.verdict).toMatchObject({ tone: 'ours', tail: null });
  });
});
