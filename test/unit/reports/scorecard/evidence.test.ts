import { describe, expect, test } from '@jest/globals';
import type { Evidence } from '../../../../assessments/kit/index.js';
import type { ScorecardCheck } from '../../../../assessments/kit/schema/scorecard.js';
import { Budget, shareBudget } from '../../../../reports/scorecard/view/budget.js';
import { showEvidence } from '../../../../reports/scorecard/view/evidence.js';
import { call, delivery, http, log, measure, note, upstream } from '../../../golden/build/evidence.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';

const [base] = goldenScorecard().checks as [ScorecardCheck];
const show = (evidence: readonly Evidence[], budget = new Budget(50_000)) =>
  showEvidence({ ...base, evidence: evidence as ScorecardCheck['evidence'] }, budget);

describe('evidence', () => {
  test('an exchange has request, response and a command to repeat it', () => {
    const [piece] = show([delivery({ status: 202, body: { ok: true } }, { label: 'Twin', ms: 6.1 })]).pieces;
    expect(piece).toMatchObject({
      partial: 'evidence-http',
      label: 'Twin',
      method: 'POST',
      answer: '202',
      took: '6.1 ms',
    });
    expect(piece).toMatchObject({
      response: { body: '{"ok":true}' },
      curl: expect.stringContaining('curl -i -X POST "$BASE_URL/api/v1/webhooks/github"'),
    });
  });

  test('no answer is said, with the reason', () => {
    expect(show([http('GET', '/', 'connection reset')]).pieces[0]).toMatchObject({
      answer: 'no answer',
      response: null,
      failure: 'connection reset',
    });
  });

  test('calls upstream have the gaps between them', () => {
    const [piece] = show([
      upstream(call(10, 503, 5), call(230, null, 1000, { aborted: true }), call(1900, null, null)),
    ]).pieces;
    expect(piece).toMatchObject({
      partial: 'evidence-upstream',
      calls: [
        { gap: '', answer: '503', took: '5 ms', key: 'mint-prf_8c1f07aa' },
        { gap: '220 ms', answer: 'aborted by the service', took: '1.0 s' },
        { gap: '1.7 s', answer: 'never answered', took: 'still open' },
      ],
    });
    expect(show([upstream()]).pieces[0]).toMatchObject({ chart: null, count: '0 calls' });
  });

  test('measures, logs, notes and source lines', () => {
    const shown = show([
      measure('slowest', 1840, 'ms', 'at most 300 ms'),
      measure('share', 0.1234, '', null),
      log('service', 'a', 'b'),
      note('words'),
      { kind: 'source', file: 'src/a.js', line: 9, snippet: 'x()' },
    ]);
    expect(shown.pieces).toEqual([
      { partial: 'evidence-measure', name: 'slowest', value: '1.8 s', limit: 'at most 300 ms' },
      { partial: 'evidence-measure', name: 'share', value: '0.12', limit: null },
      { partial: 'evidence-log', label: 'service', count: '2 lines', text: 'a\nb' },
      { partial: 'evidence-note', text: 'words' },
      { partial: 'evidence-source', place: 'src/a.js:9', snippet: 'x()' },
    ]);
    expect(shown.rest).toBeNull();
  });
});

describe('the budget of a page', () => {
  test('long bodies are cut, and what has no room is counted', () => {
    const big = delivery({ status: 200, body: 'x'.repeat(100_000) });
    const shown = show(
      Array.from({ length: 30 }, () => big),
      new Budget(12_000),
    );
    expect(shown.pieces.length).toBeLessThan(6);
    expect(shown.rest).toMatch(/^2\d more pieces of evidence in scorecard\.json\.$/);
    expect(JSON.stringify(shown.pieces).length).toBeLessThan(16_000);
  });

  test('a failed check may show more than a passed one', () => {
    const { checks } = goldenScorecard();
    const budgetOf = shareBudget(checks);
    const room = (outcome: string) =>
      budgetOf(checks.find((check) => check.outcome === outcome) as ScorecardCheck).take(
        'x'.repeat(99_999),
        99_999,
      ).length;
    expect(room('fail')).toBeGreaterThan(room('pass') * 3);
  });
});
