import { describe, expect, test } from '@jest/globals';
import { gauge } from '../../../../reports/scorecard/charts/gauge.js';
import { latencyChart } from '../../../../reports/scorecard/charts/latency.js';
import { lineChart } from '../../../../reports/scorecard/charts/lines.js';
import { ratioChart } from '../../../../reports/scorecard/charts/ratios.js';
import { stageChart } from '../../../../reports/scorecard/charts/stages.js';
import { timeline } from '../../../../reports/scorecard/charts/timeline.js';
import { call } from '../../../golden/build/evidence.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';

test('the gauge draws a value only where there is one, and a range only where it is uncertain', () => {
  expect(gauge(70, { low: 60, high: 80 })).toMatchObject({
    value: expect.stringMatching(/^M/),
    range: expect.stringMatching(/^M/),
  });
  expect(gauge(70, { low: 70, high: 70 }).range).toBeNull();
  expect(gauge(null, null)).toMatchObject({ value: null, range: null });
  expect(gauge(0, null).value).toBeNull();
  expect(gauge(33.3, null).value).not.toMatch(/NaN|\d\.\d{3}/);
});

describe('the timeline', () => {
  test('places calls along one clock', () => {
    const chart = timeline([call(100, 503, 50), call(200, 201, 100), call(300, null, null)]);
    expect(chart.bars).toEqual([
      { x: '0%', width: '25%', y: 3, kind: 'bad' },
      { x: '50%', width: '50%', y: 17, kind: 'good' },
      { x: '100%', width: '0.6%', y: 31, kind: 'open' },
    ]);
    expect(chart.ticks.map((tick) => tick.label)).toEqual(['100 ms', '200 ms', '300 ms']);
  });

  test('stays inside its box whatever the figures are', () => {
    const chart = timeline([call(-1e9, 200, Number.MAX_VALUE), call(5, 200, 0)]);
    for (const { x, width } of chart.bars) expect(`${x} ${width}`).toMatch(/^\d+(\.\d+)?% \d+(\.\d+)?%$/);
  });
});

test('latencies share an axis that begins at 0', () => {
  const { latency } = goldenScorecard().performance?.loads[0] ?? {};
  const chart = latencyChart([{ title: 'Candidate', ...latency!.candidate }]);
  expect(chart.ticks[0]).toMatchObject({ x: '0%', label: '0 ms' });
  expect(chart.rows[0]).toMatchObject({
    p50: '15.17%',
    p99: '86.67%',
    words: 'half within 0.91 ms, 90 % within 1.84 ms, 99 % within 5.2 ms',
  });
});

describe('ratios', () => {
  test('double from mark to mark, with the reference at 1', () => {
    const chart = ratioChart([{ title: 'cost', value: 0.5, low: 0.25, high: 1 }]);
    expect(chart.ticks.map(({ label }) => label)).toEqual(['1/4', '1/2', 'reference', '2 ×']);
    expect(chart.one).toBe('66.67%');
    expect(chart.rows[0]).toMatchObject({
      low: '0%',
      value: '33.33%',
      high: '66.67%',
      words: '0.50 (0.25 to 1.00)',
    });
  });

  test('stay inside the box whatever they are', () => {
    const chart = ratioChart([{ title: 'cost', value: 0, low: 0, high: Number.MAX_VALUE }]);
    expect(chart.rows[0]).toMatchObject({ low: '0%', high: '100%' });
  });
});

test('lines begin at the left, end at the right, and stand on 0', () => {
  const chart = lineChart('MB', [
    { title: 'one', values: [0, 50, 100] },
    { title: 'too short', values: [1] },
  ]);
  expect(chart?.lines).toEqual([
    { title: 'one', points: '0.0,100.0 50.0,50.0 100.0,0.0', words: 'from 0 to 100 MB, highest 100 MB' },
  ]);
  expect(lineChart('MB', [])).toBeNull();
});

test('stages stand in the order in which they ran, end to end', () => {
  const chart = stageChart({ performance: 600, intake: 100, boot: 300 }, ['intake', 'boot', 'performance']);
  expect(chart.total).toBe('1.0 s');
  expect(chart.parts.map(({ name, x, width }) => [name, x, width])).toEqual([
    ['intake', '0%', '10%'],
    ['boot', '10%', '30%'],
    ['performance', '40%', '60%'],
  ]);
  expect(stageChart({}, ['intake']).parts).toEqual([]);
});
