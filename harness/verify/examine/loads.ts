import { seededRandom, type LoadProfile, type Pack } from '../../../assessments/kit/index.js';
import { reasonOf } from '../../errors.js';
import { compile, compiledName, type Compiled } from '../../packs/compile.js';
import { evaluate, sourceName } from '../../packs/evaluate.js';

/** As the contract of `LoadProfile.requests` says. */
const MOST = 10_000;

/** A load profile makes its requests on the worker only once a submission waits for them; here it is asked before. */
export async function loadProblems({ dir, spec, loads }: Pack): Promise<string[]> {
  const sources = loads.map(({ file }) => sourceName(file));
  if (sources.length === 0) return [];
  const { files } = await compile(dir, sources);
  const env = Object.fromEntries(
    Object.entries(spec.env).map(([name, from]) => [
      name,
      from.from === 'literal' ? from.value : `a-${name}`,
    ]),
  );
  return sources.flatMap((source) => {
    const { value } = evaluate(compiledName(source), files.get(compiledName(source)) as Compiled);
    try {
      const { length } = (value as LoadProfile).requests({ random: seededRandom('examine'), env });
      return length > 0 && length <= MOST
        ? []
        : [`${source}: requests gives ${length} requests; it must be 1 to ${MOST}.`];
    } catch (error) {
      return [`${source}: requests throws: ${reasonOf(error)}.`];
    }
  });
}
