import type { Diagnosis } from '../../../assessments/kit/schema/performance.js';
import { oneLine } from '../../text/visible.js';
import { figure } from '../../text/words.js';
import type { LineChart } from '../charts/lines.js';
import { lineChart } from '../charts/lines.js';

export interface DiagnosisView {
  readonly summary: string;
  readonly hot: readonly { readonly name: string; readonly at: string; readonly share: string }[];
  readonly charts: readonly LineChart[];
}

export function diagnosisView({ summary, hot, samples }: Diagnosis): DiagnosisView {
  const charts = [
    lineChart('ms', [{ title: 'Longest event loop delay', values: samples.map(({ delayMs }) => delayMs) }]),
    lineChart('MB', [{ title: 'Heap in use', values: samples.map(({ heapMb }) => heapMb) }]),
  ];
  return {
    summary: oneLine(summary, 400),
    hot: hot.map(({ name, at, share }) => ({
      name: oneLine(name, 80),
      at: oneLine(at, 160),
      share: `${figure(share * 100, 1)} %`,
    })),
    charts: charts.filter((chart) => chart !== null),
  };
}
