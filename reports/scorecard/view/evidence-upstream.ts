import type { UpstreamCall } from '../../../assessments/kit/index.js';
import { oneLine } from '../../text/visible.js';
import { duration, plural } from '../../text/words.js';
import type { Timeline } from '../charts/timeline.js';
import { timeline } from '../charts/timeline.js';
import type { Budget } from './budget.js';

const CALLS = 40;

/** The calls that the service made to a scripted third party: drawn along a clock, and as a table. */
export interface UpstreamView {
  readonly partial: 'evidence-upstream';
  readonly stub: string;
  readonly count: string;
  readonly rest: string | null;
  readonly chart: Timeline | null;
  readonly calls: readonly {
    readonly number: number;
    readonly at: string;
    /** Since the call before. */
    readonly gap: string;
    readonly call: string;
    readonly answer: string;
    readonly took: string;
    readonly key: string;
  }[];
}

export function upstreamView(stub: string, calls: readonly UpstreamCall[], budget: Budget): UpstreamView {
  const shown = calls.slice(0, CALLS);
  const rest = calls.length - shown.length;
  return {
    partial: 'evidence-upstream',
    stub: oneLine(stub, 60),
    count: plural(calls.length, 'call'),
    rest: rest === 0 ? null : `${plural(rest, 'more call')} in scorecard.json.`,
    chart: shown.length === 0 ? null : timeline(shown),
    calls: shown.map((call, index) => {
      const before = shown[index - 1];
      return {
        number: index + 1,
        at: signed(call.atMs),
        gap: before ? signed(call.atMs - before.atMs) : '',
        call: budget.take(oneLine(`${call.method} ${call.path}`, 200), 200),
        answer: answerOf(call),
        took: call.durationMs === null ? 'still open' : signed(call.durationMs),
        key: budget.take(oneLine(call.headers['idempotency-key'] ?? '', 80), 80),
      };
    }),
  };
}

function answerOf(call: UpstreamCall): string {
  if (call.aborted) return 'aborted by the service';
  return call.answered === null ? 'never answered' : String(call.answered);
}

function signed(ms: number): string {
  return ms < 0 ? `−${duration(-ms)}` : duration(ms);
}
