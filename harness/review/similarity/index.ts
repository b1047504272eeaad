import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { findArchive } from '../../archives.js';
import type { Catalogue } from '../../catalogue.js';
import type { Store } from '../../store/database.js';
import { archivesOf, keepPrints, unreadSubmissions, type Unread } from '../../store/prints.js';
import type { Fragment, Likeness } from './compare.js';
import { compare } from './compare.js';
import { fingerprint, runsOf } from './prints.js';
import { readTokens, readLines, readStarter } from './read.js';

export interface SimilarityDeps {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly blobsDir: string;
}

/** Of the smaller one's own code: less is chance. Independent solutions of one brief share up to a twentieth. */
export const WORTH_A_NOTE = 0.15;

/** Takes the prints of some graded submissions that have none yet. Returns how many were read. */
export async function readNewCode(deps: SimilarityDeps, limit: number): Promise<number> {
  const unread = await unreadSubmissions(deps.store, limit);
  const starters = new Map<string, Promise<ReadonlySet<number>>>();
  for (const one of unread) {
    const starter = starters.get(one.assessment) ?? starterOf(deps, one.assessment);
    starters.set(one.assessment, starter);
    await keepPrints(deps.store, one, await printsOf(deps, one, await starter));
  }
  return unread.length;
}

/** None of an archive that is not to be had, or not whole: then there is nothing to compare it by. */
async function printsOf(
  deps: SimilarityDeps,
  { archive }: Unread,
  starter: ReadonlySet<number>,
): Promise<number[]> {
  const stored = await findArchive(deps, archive).catch(() => null);
  return stored ? fingerprint(await readTokens(stored), starter) : [];
}

async function starterOf({ catalogue }: SimilarityDeps, assessment: string): Promise<ReadonlySet<number>> {
  const pack = await catalogue.find(assessment).catch(() => null);
  return runsOf(pack ? await readStarter(pack.dir) : []);
}

/** The passages that two submissions of one assessment share, without the starter's; null when one is not there. */
export async function compareSubmissions(
  deps: SimilarityDeps,
  organisation: string,
  submissions: readonly [string, string],
): Promise<Likeness | null> {
  return (await comparePair(deps, organisation, submissions))?.likeness ?? null;
}

/** A shared passage with the lines of both sides. */
export interface ShownFragment extends Fragment {
  readonly texts: { readonly left: string; readonly right: string };
}

const MOST_FRAGMENTS = 40;
const MOST_LINES = 60;

/** The same with the text of the longest passages, for people to read. */
export async function showFragments(
  deps: SimilarityDeps,
  organisation: string,
  submissions: readonly [string, string],
): Promise<(Pick<Likeness, 'left' | 'right'> & { readonly fragments: readonly ShownFragment[] }) | null> {
  const pair = await comparePair(deps, organisation, submissions);
  if (!pair) return null;
  const fragments: ShownFragment[] = [];
  for (const fragment of pair.likeness.fragments.slice(0, MOST_FRAGMENTS)) {
    const texts = {
      left: await readLines(pair.left, fragment.left, MOST_LINES),
      right: await readLines(pair.right, fragment.right, MOST_LINES),
    };
    fragments.push({ ...fragment, texts });
  }
  return { ...pair.likeness, fragments };
}

async function comparePair(
  deps: SimilarityDeps,
  organisation: string,
  submissions: readonly [string, string],
): Promise<{ left: SubmissionArchive; right: SubmissionArchive; likeness: Likeness } | null> {
  const found = await archivesOf(deps.store, organisation, submissions);
  if (!found) return null;
  const [left, right] = await Promise.all(
    found.archives.map((digest) => findArchive(deps, digest).catch(() => null)),
  );
  if (!left || !right) return null;
  const starter = await starterOf(deps, found.assessment);
  const likeness = compare(await readTokens(left), await readTokens(right), starter);
  return { left, right, likeness };
}
