import { oneLine } from '../../../reports/text/visible.js';
import { candidateName } from '../../../reports/text/who.js';
import { figure } from '../../../reports/text/words.js';
import type { OperatedRun, QueueFigures } from '../../store/operations.js';
import type { WorkerSign } from '../../store/workers.js';
import { lasted, when, type When } from '../frame/ago.js';
import { definePage } from '../frame/page.js';

interface RunRow {
  readonly href: string;
  readonly who: string;
  readonly assessment: string;
  readonly worker: string;
  readonly attempt: string;
  /** For how long it has run. */
  readonly lasts: string;
  readonly reason: string;
  readonly ended: When | null;
}

export interface WorkersView {
  readonly figures: readonly { readonly name: string; readonly value: string; readonly note: string }[];
  readonly workers: readonly {
    readonly id: string;
    readonly host: string;
    readonly icon: 'pass' | 'queued' | 'notApplicable';
    readonly word: string;
    readonly reason: string | null;
  }[];
  readonly running: readonly RunRow[];
  readonly failures: readonly RunRow[];
  /** Whether the board of the queue may be looked at. */
  readonly board: boolean;
}

export interface WorkersInput {
  readonly workers: readonly WorkerSign[];
  readonly queue: QueueFigures;
  readonly running: readonly OperatedRun[];
  readonly failures: readonly OperatedRun[];
  readonly now: Date;
  readonly board: boolean;
}

const STATES = {
  ready: { icon: 'pass', word: 'Ready' },
  waiting: { icon: 'queued', word: 'Waiting' },
  draining: { icon: 'notApplicable', word: 'Stopping' },
} as const;

export function workersView({ workers, queue, running, failures, now, board }: WorkersInput): WorkersView {
  const row = (run: OperatedRun): RunRow => runRow(run, now);
  return {
    figures: queueView(queue),
    workers: workers.map(({ id, host, state, reason }) => ({
      id,
      host: oneLine(host, 80),
      ...STATES[state],
      reason: reason === null ? null : oneLine(reason, 300),
    })),
    running: running.map(row),
    failures: failures.map(row),
    board,
  };
}

function queueView(queue: QueueFigures): WorkersView['figures'] {
  const { waiting, alone, running, oldestMs, done, failed, medianMs } = queue;
  return [
    {
      name: 'Waiting',
      value: figure(waiting),
      note: oldestMs === null ? 'nothing waits' : `the first for ${lasted(oldestMs)}`,
    },
    { name: 'To be run alone', value: figure(alone), note: 'after their worker died' },
    { name: 'Running', value: figure(running), note: 'at this moment' },
    {
      name: 'Graded',
      value: figure(done),
      note: medianMs === null ? 'in 24 hours' : `in 24 hours, half within ${lasted(medianMs)}`,
    },
    { name: 'Not graded', value: figure(failed), note: 'in 24 hours, by our fault' },
  ];
}

const runRow = (run: OperatedRun, now: Date): RunRow => ({
  href: `/submissions/${run.submission}/run`,
  who: candidateName(run.candidate, run.digest),
  assessment: run.assessment,
  worker: oneLine(run.worker ?? '', 80),
  attempt: figure(run.attempts),
  lasts: run.startedAt ? lasted(now.getTime() - run.startedAt.getTime()) : '',
  reason: oneLine(run.verdict?.message ?? '', 400),
  ended: run.finishedAt && when(run.finishedAt, now),
});

export const workersPage = definePage<WorkersView>('workers', {
  section: 'workers',
  scripts: ['refresh'],
  refreshSeconds: 10,
});
