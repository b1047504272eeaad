import type { Diagnosis } from '../../../assessments/kit/schema/performance.js';
import { oneLine } from '../../text/visible.js';
import { figure } from '../../text/words.js';
import type { LineChart } from '../charts/lines.js';
import { lineChart } from '../charts/lines.js';

export interface DiagnosisView {
  readonly summary: string;
  /** What Clinic.js Doctor makes of it; null when it said nothing. */
  readonly doctor: string | null;
  readonly hot: readonly { readonly name: string; readonly at: string; readonly share: string }[];
  readonly charts: readonly LineChart[];
}

const DOCTOR: Readonly<Record<NonNullable<Diagnosis['category']>, string>> = {
  none: 'nothing that stands out',
  io: 'a process that waits for others, such as files, databases or other services',
  'event-loop': 'an event loop that is held up',
  gc: 'long stops to collect garbage',
  unknown: 'more than one thing at once',
  data: 'too little to tell',
};

export function diagnosisView({ summary, category, hot, samples }: Diagnosis): DiagnosisView {
  const charts = [
    lineChart('ms', [{ title: 'Longest event loop delay', values: samples.map(({ delayMs }) => delayMs) }]),
    lineChart('MB', [{ title: 'Heap in use', values: samples.map(({ heapMb }) => heapMb) }]),
  ];
  return {
    summary: oneLine(summary, 400),
    doctor: category && `Clinic.js Doctor sees ${DOCTOR[category]} (its category “${category}”).`,
    hot: hot.map(({ name, at, share }) => ({
      name: oneLine(name, 80),
      at: oneLine(at, 160),
      share: `${figure(share * 100, 1)} %`,
    })),
    charts: charts.filter((chart) => chart !== null),
  };
}
