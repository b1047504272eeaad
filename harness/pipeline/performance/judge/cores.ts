import type { LoadResult } from '../../../../assessments/kit/schema/performance.js';
import { isRight, measure, noTime, unsure, verdict, wrongAnswers, type Judgement } from './judgement.js';

/** Whoever keeps nearly as many processors busy as the reference, at the same moments, was held back by what held back that one. */
const ALIKE = 0.75;

/** Missed only where the reference shows that there were processors to be had. */
export function judgeCores(load: LoadResult, atLeast: number): Judgement {
  if (!isRight(load)) return wrongAnswers(load);
  if (!load.cores) return noTime(load, 'how many processors are kept busy');
  const { candidate, reference } = load.cores;
  const isMet = candidate >= atLeast;
  const hadRoom = reference >= atLeast && candidate < ALIKE * reference;
  if (!isMet && !hadRoom)
    return unsure(
      `The reference kept ${rounded(reference)} processors busy itself: there were no more to be had.`,
    );
  const sentence = `Under requests that compute, it kept ${rounded(candidate)} processors busy, the reference ${rounded(reference)}.`;
  const [limit, observed] = [`at least ${atLeast}`, `${rounded(candidate)} processors`];
  const evidence = [measure('processors kept busy', rounded(candidate), 'processors', limit)];
  return verdict(isMet, sentence, `${limit} processors`, observed, evidence);
}

const rounded = (processors: number): number => Math.round(processors * 100) / 100;
