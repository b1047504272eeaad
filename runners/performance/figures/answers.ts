import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { requestsOf, wrongAnswers, type Segment } from '../measure/segment.js';

/**
 * How many answers were right where they were counted, and how many were wrong anywhere. Pure.
 * @param measured those that figures were taken of
 * @param all those and the rest at a bearable load: a service may answer otherwise there; taken for both where there are no others
 */
export function answersOf(measured: readonly Segment[], all: readonly Segment[]): LoadResult['answers'] {
  const compared = measured.length > 0 ? measured : all;
  const sum = (of: (segment: Segment) => number, segments: readonly Segment[]): number =>
    segments.reduce((total, segment) => total + of(segment), 0);
  const requests = sum(({ driven }) => requestsOf(driven), compared);
  const given = sum(({ driven }) => wrongAnswers(driven).given, all);
  const wrong = sum(({ driven }) => wrongAnswers(driven).wrong, all);
  const faultOf = (segments: readonly Segment[]): string | null =>
    segments.map(({ driven }) => driven.fault).find((fault) => fault !== null) ?? null;
  return {
    requests,
    right: requests === 0 ? 0 : sum(({ right }) => right, compared) / requests,
    wrong: given === 0 ? 0 : wrong / given,
    // What came late at a fixed rate is a matter of the latency.
    fault: faultOf(compared) ?? (wrong > 0 ? faultOf(all) : null),
  };
}
