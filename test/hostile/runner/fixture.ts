import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { rm } from 'node:fs/promises';
import type { Pack } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { GradeDeps } from '../../../harness/pipeline/types.js';
import type { Fixture } from './corpus.js';
import { gradeOne, type Graded } from './grade.js';
import { judge } from './judge.js';
import { leftovers } from './leftovers.js';
import { prepare, type Material } from './material.js';
import type { Grading } from './schema.js';
import { spilled } from './secrecy.js';
import type { World } from './world.js';

/** What all fixtures of a run share. */
export interface Stage {
  readonly deps: GradeDeps;
  readonly world: World;
  readonly packs: Readonly<Record<Grading['assessment'], () => Promise<Pack>>>;
  readonly signal: AbortSignal;
}

/** How a fixture fared by itself, without its neighbours. */
export interface Fared {
  readonly got: string;
  readonly problems: readonly string[];
  readonly leftovers: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Beyond a fixture's own bound, which is judged: the run is broken off. */
const SPARE_SECONDS = 120;

/** Hands in all that a fixture consists of, as often as it says, and compares what came of it. */
export async function runFixture(
  fixture: Fixture,
  grading: Grading,
  turn: number,
  stage: Stage,
): Promise<Fared> {
  const { world } = stage;
  const dir = join(world.scratch, `${fixture.name}-${turn}`);
  const from = performance.now();
  const site = { dir: join(dir, 'notes'), canary: world.canary, tripwire: world.tripwire };
  try {
    const materials = await prepare(fixture, grading, site);
    const outcomes: Outcome[] = [];
    for (let time = 0; time < grading.times; time++) {
      for (const material of materials) {
        const run = `hostile-${fixture.name}-${turn}-${outcomes.length}`;
        outcomes.push(await handIn(material, run, fixture, grading, stage, dir));
      }
    }
    const several = outcomes.length > 1;
    const problems = outcomes.flatMap(({ label, problems }) =>
      problems.map((problem) => (several ? `${JSON.stringify(label)}: ${problem}` : problem)),
    );
    return {
      got: outcomes.at(-1)?.got ?? 'nothing was handed in',
      problems: [...problems, ...(await world.changes())],
      leftovers: outcomes.flatMap((outcome) => outcome.leftovers),
      from,
      to: performance.now(),
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

interface Outcome {
  readonly label: string;
  readonly got: string;
  readonly problems: readonly string[];
  readonly leftovers: readonly string[];
}

async function handIn(
  material: Material,
  run: string,
  fixture: Fixture,
  grading: Grading,
  { deps, world, packs, signal }: Stage,
  blobsDir: string,
): Promise<Outcome> {
  const { label } = material;
  const { candidate = null, load, inert, expect } = grading;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout((expect.maxSeconds + SPARE_SECONDS) * 1000)]);
  const pack = await packs[grading.assessment]();
  try {
    const order = { run, pack, material, candidate, load, blobsDir };
    const { card, seconds }: Graded = await gradeOne(order, deps, deadline);
    const problems = [...judge(expect, card, seconds), ...spilled(card, inert, world.secret)];
    return { label, got: inShort(card), problems, leftovers: await leftovers(run) };
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      label,
      got: 'no grade',
      problems: [`the platform gave up on ${fixture.name}: ${reason}`],
      leftovers: await leftovers(run),
    };
  }
}

const inShort = (card: Scorecard): string =>
  [card.status === 'rejected' ? 'rejected' : '', card.verdict?.code ?? '', card.overall.score ?? '']
    .filter((part) => part !== '')
    .join(' ');

/** The same for what is expected. */
export function expectedInShort({ expect }: Grading): string {
  const code = expect.verdict?.code ?? '';
  return [
    expect.status === 'rejected' ? 'rejected' : '',
    typeof code === 'string' ? code : code.join('|'),
    expect.score ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
