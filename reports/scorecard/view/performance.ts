import type { Excess, LoadResult } from '../../../assessments/kit/schema/performance.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { duration, figure, plural } from '../../text/words.js';
import type { LatencyChart } from '../charts/latency.js';
import { latencyChart } from '../charts/latency.js';
import type { LineChart } from '../charts/lines.js';
import { lineChart } from '../charts/lines.js';
import type { Ratio, RatioChart } from '../charts/ratios.js';
import { ratioChart, ratioWords } from '../charts/ratios.js';
import type { DiagnosisView } from './diagnosis.js';
import { diagnosisView } from './diagnosis.js';
import type { MissedBar } from './next-band.js';
import { missedBars } from './next-band.js';

export interface PerformanceView {
  readonly method: string;
  readonly environment: string;
  readonly loads: readonly LoadView[];
  readonly missed: readonly MissedBar[];
  readonly diagnosis: DiagnosisView | null;
}

interface LoadView {
  readonly title: string;
  readonly setting: string;
  /** Why the figures cannot be relied on, or are missing. */
  readonly remarks: readonly string[];
  readonly ratios: RatioChart | null;
  readonly latency: LatencyChart | null;
  readonly memory: LineChart | null;
  readonly figures: readonly Figure[];
}

/** One line of the table that says the same as the charts. */
interface Figure {
  readonly name: string;
  readonly candidate: string;
  readonly reference: string;
  readonly ratio: string;
}

/** From here the generator itself may have been what held the service back. */
const GENERATOR_BUSY = 0.9;

/** Null when no load was run. */
export function performanceView(card: Scorecard): PerformanceView | null {
  const { performance } = card;
  if (performance === null || performance.loads.length === 0) return null;
  return {
    method: oneLine(performance.method, 1200),
    environment: oneLine(performance.environment, 300),
    loads: performance.loads.map(loadView),
    missed: missedBars(card),
    diagnosis: performance.diagnosis && diagnosisView(performance.diagnosis),
  };
}

function loadView(load: LoadResult): LoadView {
  const { cost, latency, eventLoop, memory, answers } = load;
  const ratios: Ratio[] = [
    ...(cost ? [{ title: 'Processor time for a correct answer', ...cost.ratio }] : []),
    ...(cost ? [{ title: 'Correct answers a second', ...cost.speed }] : []),
    ...(latency ? [{ title: 'Latency, 99th percentile', ...latency.p99 }] : []),
    ...(eventLoop ? [{ title: 'Wait of the lightest requests, 99th percentile', ...eventLoop.p99 }] : []),
  ];
  const megabytes = memory && [
    { title: 'Candidate', values: memory.candidateMb },
    { title: 'Reference', values: memory.referenceMb },
  ];
  return {
    title: oneLine(load.title, 80),
    setting: `${plural(load.connections, 'connection')}, ${plural(answers.requests, 'request')}, ${figure(answers.right * 100)} % answered rightly`,
    remarks: remarksOn(load),
    ratios: ratios.length === 0 ? null : ratioChart(ratios),
    latency:
      latency &&
      latencyChart([
        { title: 'Candidate', ...latency.candidate },
        { title: 'Reference', ...latency.reference },
      ]),
    memory: megabytes && lineChart('MB', megabytes),
    figures: figuresOf(load),
  };
}

function remarksOn({
  unsure,
  ended,
  generatorShare,
  answers,
  state,
  spike,
  overload,
  slowClients,
}: LoadResult): string[] {
  const remarks = [ended, unsure, state.fault].filter((remark) => remark !== null);
  if (generatorShare >= GENERATOR_BUSY)
    remarks.push('The load generator was busy itself: the speed of the service is at least what is shown.');
  if (answers.fault !== null) remarks.push(`First wrong answer: ${answers.fault}.`);
  if (spike) remarks.push(excess('Spike', spike));
  if (overload) remarks.push(excess('Overload', overload));
  if (slowClients)
    remarks.push(
      `Beside ${slowClients.clients} slow clients, ${share(slowClients.answered)} of the requests were answered.`,
    );
  return remarks.map((remark) => oneLine(remark, 400));
}

function excess(what: string, { perSecond, answered, shed, failed, recoveredMs }: Excess): string {
  const after =
    recoveredMs === null ? 'it was not well again' : `it was well again after ${duration(recoveredMs)}`;
  return `${what} of ${figure(perSecond, 0)} requests a second: ${share(answered)} answered, ${share(shed)} turned away, ${share(failed)} failed; ${after}.`;
}

function figuresOf({ cost, latency, eventLoop, memory, cores, memoryPeakMb }: LoadResult): Figure[] {
  const rows: Figure[] = [];
  const add = (name: string, candidate: string, reference: string, ratio: string): void =>
    void rows.push({ name, candidate, reference, ratio });
  if (cost) {
    const { cpuMs, perSecond } = cost;
    add(
      'Processor time for a correct answer, ms',
      figure(cpuMs.candidate, 3),
      figure(cpuMs.reference, 3),
      ratioWords(cost.ratio),
    );
    add(
      'Correct answers a second',
      figure(perSecond.candidate, 0),
      figure(perSecond.reference, 0),
      ratioWords(cost.speed),
    );
  }
  if (latency) {
    const { candidate, reference } = latency;
    const at = `at ${figure(latency.perSecond, 0)} requests a second, ms`;
    add(`Half answered ${at}`, figure(candidate.p50), figure(reference.p50), '');
    add(`90 % answered ${at}`, figure(candidate.p90), figure(reference.p90), '');
    add(`99 % answered ${at}`, figure(candidate.p99), figure(reference.p99), ratioWords(latency.p99));
  }
  if (eventLoop) {
    const { candidate, reference, p99 } = eventLoop;
    add(
      'Lightest requests, 99 % answered within, ms',
      figure(candidate.p99),
      figure(reference.p99),
      ratioWords(p99),
    );
  }
  if (memory) {
    const { growthKb } = memory;
    add(
      'Memory gained for 1000 requests, KiB',
      figure(growthKb.candidate, 0),
      growthKb.reference === null ? '–' : figure(growthKb.reference, 0),
      '',
    );
  }
  if (cores) add('Processors kept busy', figure(cores.candidate, 2), figure(cores.reference, 2), '');
  add('Most memory in use, MB', figure(memoryPeakMb, 0), '–', '');
  return rows;
}

const share = (of: number): string => `${figure(of * 100, 1)} %`;
