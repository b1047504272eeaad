import type { Pair } from '../measure/course.js';
import { requestsOf, type Segment } from '../measure/segment.js';

/** Of all answers, the share of right ones from which their cost says anything. */
const MIN_RIGHT = 0.5;
/** Right answers a second on each connection; who waits longer has gone. */
const MIN_PER_CONNECTION = 1;
/** Slower than the reference by so much, before it is the service that is to blame and not the machine. */
const CRAWLS = 0.1;

/**
 * Why measuring on makes no sense: the service answers hardly anything, or hardly anything rightly, while the reference does.
 * Null when it does answer. Pure.
 */
export function hopeless(pairs: readonly Pair[], connections: number): string | null {
  const candidate = total(pairs, 'candidate');
  const reference = total(pairs, 'reference');
  if (pairs.length === 0 || reference.right < MIN_RIGHT * reference.requests) return null;
  if (candidate.requests > 0 && candidate.right < MIN_RIGHT * candidate.requests) {
    const share = Math.floor((candidate.right / candidate.requests) * 100);
    const fault = candidate.fault === null ? '' : ` First fault: ${candidate.fault}.`;
    return `Only ${share} % of the answers under load were right, so nothing more was measured.${fault}`;
  }
  const isSlow =
    candidate.perSecond < connections * MIN_PER_CONNECTION &&
    candidate.perSecond < reference.perSecond * CRAWLS;
  if (!isSlow) return null;
  const [ours, theirs] = [candidate, reference].map(({ perSecond }) => Math.round(perSecond));
  return `The service hardly answered under load: ${ours} right answers a second on ${connections} connections, where the reference gave ${theirs}.`;
}

function total(pairs: readonly Pair[], side: keyof Pair) {
  const segments = pairs.map((pair) => pair[side]);
  const sum = (of: (segment: Segment) => number): number =>
    segments.reduce((all, segment) => all + of(segment), 0);
  const right = sum((segment) => segment.right);
  const ms = sum(({ driven }) => driven.ms);
  return {
    right,
    requests: sum(({ driven }) => requestsOf(driven)),
    perSecond: ms === 0 ? 0 : (right * 1000) / ms,
    fault: segments.map(({ driven }) => driven.fault).find((fault) => fault !== null) ?? null,
  };
}
