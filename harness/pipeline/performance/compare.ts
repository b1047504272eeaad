import type { LoadResult, Performance } from '../../../assessments/kit/schema/performance.js';
import { lookInside, measureProfile, readLook, stopwatch } from '../../../runners/performance/index.js';
import type { Prober } from '../../../runners/prober/types.js';
import type { Progress } from '../progress.js';
import type { GradeDeps, GradeInput } from '../types.js';
import { enter, prepareReference, type Prepared } from './contest.js';
import { coresOf, describeCores } from './cores.js';
import { findOf } from './findings.js';
import { surely } from './surely.js';

const METHOD =
  'The candidate’s service and our reference solution ran on the same processor and were sent the same requests in turns of a tenth ' +
  'of a second, the other one frozen. What counts is the processor time that each needed for a correct answer, read from outside: ' +
  'a busy machine makes both slower and hardly changes their ratio. A bar is missed only when the whole 95 % interval lies beyond it.';

/** Measures each load profile of the pack, submission against reference. @throws what is our fault or the pack's */
export async function compareLoads(
  input: GradeInput,
  candidate: Prepared,
  deps: GradeDeps,
  progress: Progress,
  signal: AbortSignal,
): Promise<Performance> {
  const facts = await deps.sandbox.describe();
  const cores = coresOf(facts);
  const preparing = prepareReference(input, deps, signal);
  const entering = preparing.then((reference) => enter(reference, input, deps, cores, signal));
  entering.catch(() => undefined);
  const open: Prober[] = [];
  const lap = stopwatch();
  try {
    const own = await enter(candidate, input, deps, cores, signal);
    open.push(own);
    lap('entering');
    // Nothing is measured in that look inside, so the reference may be prepared beside it.
    const [first] = input.pack.loads;
    const looked = first !== undefined && (await lookInside(own.side(first)));
    lap('the look inside');
    // Reading what it wrote goes on while both sides start and get warm.
    const diagnosis = looked ? readLook(candidate.pod, deps.images.prober) : Promise.resolve(null);
    diagnosis.catch(() => undefined);
    const theirs = await entering;
    progress.log('performance', `Beforehand, in seconds: ${lap('the reference').join(', ')}`);
    const loads: LoadResult[] = [];
    for (const profile of input.pack.loads) {
      progress.log('performance', profile.title);
      const sides = { candidate: own.side(profile), reference: theirs.side(profile) };
      const say = (line: string): void => progress.log('performance', line);
      const measured = await surely(
        () => measureProfile(profile, sides, { seed: input.seed, signal, say }),
        (load) => findOf(load, input.pack).filter(({ outcome }) => outcome === 'inconclusive').length,
        () => say('Something could not be told, through no fault of the submission: measured once more.'),
      );
      loads.push(measured);
    }
    for (const note of own.notes) progress.note(note.code, note.message);
    const environment = `${describeCores(cores)}; ${facts.name} ${facts.version}, control groups ${facts.cgroup}`;
    return { loads, diagnosis: await diagnosis, method: METHOD, environment };
  } finally {
    await Promise.all(open.map((prober) => prober.close()));
    await whenThere(entering, (theirs) => theirs.close());
    await whenThere(preparing, (reference) => reference.leave());
  }
}

/** What never came about needs no end. */
const whenThere = <T>(coming: Promise<T>, end: (it: T) => Promise<void>): Promise<void> =>
  coming.then(end, () => undefined);
