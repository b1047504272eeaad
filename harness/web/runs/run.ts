import type { Outcome, Pack, StageName } from '../../../assessments/kit/index.js';
import { VERDICT_CODES } from '../../../assessments/kit/index.js';
import { visible, oneLine } from '../../../reports/text/visible.js';
import { candidateName } from '../../../reports/text/who.js';
import { OUTCOME_WORDS, duration, plural } from '../../../reports/text/words.js';
import type { RunLog } from '../../store/run-log.js';
import type { SubmissionView } from '../../store/submissions.js';
import type { When } from '../frame/ago.js';
import { lasted, when } from '../frame/ago.js';
import { SECTIONS } from '../frame/navigation.js';
import { definePage } from '../frame/page.js';
import type { Status } from '../submissions/status.js';
import { statusOf } from '../submissions/status.js';
import type { RunPicture, StageState } from './picture.js';
import { pictureOf } from './picture.js';

/** How a run goes, or went. */
export interface RunView {
  readonly id: string;
  readonly who: string;
  readonly assessment: { readonly id: string; readonly title: string; readonly version: string };
  readonly source: string;
  readonly status: Status;
  readonly submitted: When;
  readonly attempt: string | null;
  readonly took: string;
  readonly over: boolean;
  /** With a scorecard to look at. */
  readonly graded: boolean;
  readonly mayCancel: boolean;
  /** Over without a scorecard: it can be run again. */
  readonly mayRerun: boolean;
  /** What a person can do about a run that does not begin; null when there is nothing to do. */
  readonly hint: string | null;
  readonly stages: readonly {
    readonly name: StageName;
    readonly label: string;
    readonly state: StageState;
    readonly took: string;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly icon: Outcome | 'open' | 'running';
    readonly word: string;
  }[];
  readonly finished: number;
  readonly total: number;
  readonly hasOutput: boolean;
  /** The end of what install and build have written. */
  readonly output: string;
  readonly notes: readonly string[];
  readonly verdict: { readonly heading: string; readonly message: string; readonly tail: string } | null;
  /** Where further events are streamed from, and after which number. */
  readonly events: { readonly href: string; readonly after: number };
}

export interface RunInput {
  readonly view: SubmissionView;
  /** Null when the assessment is not installed any more. */
  readonly pack: Pack | null;
  readonly log: RunLog;
  readonly workers: number;
  readonly now: Date;
  readonly maySubmit: boolean;
}

export function runView({ view, pack, log, workers, now, maySubmit }: RunInput): RunView {
  const { submission, run } = view;
  const picture = pictureOf(log.events);
  const over = run.finished_at !== null;
  // Of a run that ended before any check there is nothing to list.
  const unasked = over && picture.checks.size === 0;
  const checks = unasked ? [] : checkRows(picture, pack, over ? 'Not asked' : 'Not yet');
  const from = run.started_at ?? submission.created_at;
  return {
    id: submission.id,
    who: candidateName(submission.candidate, submission.archive_digest),
    assessment: {
      id: submission.assessment_id,
      title: pack?.spec.title ?? submission.assessment_id,
      version: submission.assessment_version,
    },
    source: oneLine(submission.source, 160),
    status: statusOf(run),
    submitted: when(submission.created_at, now),
    attempt: run.attempts > 1 ? `attempt ${run.attempts}` : null,
    took: lasted((run.finished_at ?? now).getTime() - from.getTime()),
    over,
    graded: run.state === 'done',
    mayCancel: maySubmit && !over,
    mayRerun: maySubmit && over && run.state !== 'done',
    hint: run.state === 'queued' ? hintFor(workers) : null,
    stages: stageRows(picture, pack),
    checks,
    finished: picture.checks.size,
    total: Math.max(checks.length, picture.checks.size),
    // While it runs, there is a place for what comes.
    hasOutput: !over || log.tail.length > 0,
    output: log.tail.map(({ event }) => (event.type === 'log' ? visible(event.line) : '')).join('\n'),
    notes: picture.notes.slice(0, 20).map((note) => oneLine(note, 400)),
    verdict: run.verdict && {
      heading: whose(run.verdict.code),
      message: oneLine(run.verdict.message, 800),
      tail: visible(run.verdict.logTail),
    },
    events: { href: `/api/v1/submissions/${submission.id}/events`, after: log.last },
  };
}

function hintFor(workers: number): string {
  return workers === 0
    ? 'No worker is ready, so nothing is graded at the moment. Start one with: assayer worker'
    : `It waits for ${plural(workers, 'worker')} to be free. Nothing has to be done.`;
}

function whose(code: keyof typeof VERDICT_CODES): string {
  switch (VERDICT_CODES[code]) {
    case 'candidate':
      return 'The submission did not get through';
    case 'refused':
      return 'Refused before anything ran';
    case 'ours':
      return code === 'cancelled' ? 'Cancelled on request' : 'Not graded, through no doing of the candidate';
  }
}

/** Those that every run has; the stages of checks only where there are checks of that kind. */
const ALWAYS: readonly StageName[] = ['intake', 'install', 'boot', 'performance'];
const LABELS: Partial<Record<StageName, string>> = { intake: 'Take in', install: 'Install', boot: 'Start' };

function stageRows({ stages }: RunPicture, pack: Pack | null): RunView['stages'] {
  const asked = new Set<string>(pack?.checks.map((check) => check.dimension));
  return stages
    .filter(({ name, state }) => state !== 'open' || ALWAYS.includes(name) || asked.has(name))
    .map(({ name, state, ms }) => ({
      name,
      label: LABELS[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
      state,
      took: ms === null ? '' : duration(ms),
    }));
}

/**
 * Every check of the assessment, also those that have not begun, so that the rest of the way can be seen. `unasked` is the
 * word for one that nothing has come of.
 */
function checkRows({ checks, underway }: RunPicture, pack: Pack | null, unasked: string): RunView['checks'] {
  const titles = new Map(pack?.checks.map(({ id, title }) => [id, title]));
  for (const id of checks.keys()) if (!titles.has(id)) titles.set(id, id);
  return [...titles].map(([id, title]) => {
    const outcome = checks.get(id);
    if (outcome) return { id, title: oneLine(title), icon: outcome, word: OUTCOME_WORDS[outcome] };
    return underway.has(id)
      ? { id, title: oneLine(title), icon: 'running', word: 'Running' }
      : { id, title: oneLine(title), icon: 'open', word: unasked };
  });
}

export const runPage = definePage<RunView>('run', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
  scripts: ['live-run'],
});
