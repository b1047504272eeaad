import { basename } from 'node:path';
import type {
  AssessmentSpec,
  Bar,
  DeclaredCheck,
  DeclaredLoad,
  Measure,
} from '../../assessments/kit/index.js';
import { PackError } from './error.js';
import { sourceName } from './evaluate.js';
import type { PlacedCheck } from './read.js';
import { SPEC } from './sources.js';

interface Declared {
  readonly spec: AssessmentSpec;
  readonly checks: readonly PlacedCheck[];
  readonly loads: readonly DeclaredLoad[];
  /** Paths of the stubs' files. */
  readonly stubSources: readonly string[];
}

/** What a pack declares in one place must fit what it declares in another. @throws PackError */
export function requireConsistent({ spec, checks: placed, loads, stubSources }: Declared): void {
  requireUnique(placed);
  const checks = placed.map(({ check }) => check);
  requireWeights(checks, spec);
  requirePublic(checks, spec);
  requireStubs(spec, stubSources);
  requireMeasured(loads, checks);
  requireCores(loads, checks, spec);
}

/** What each figure is taken from; null: from any load. */
const MEASURED_BY: Readonly<Record<Bar['figure'], Measure | null>> = {
  cost: 'cost',
  latency: 'latency',
  eventLoop: 'latency',
  memory: 'memory',
  answers: null,
  state: null,
  recovery: 'overload',
  spike: 'spike',
  slowClients: 'slowClients',
  cores: 'cores',
};

/** A bar that nothing is measured for could only ever be inconclusive. */
function requireMeasured(loads: readonly DeclaredLoad[], checks: readonly DeclaredCheck[]): void {
  for (const { file, measures, reconciles } of loads) {
    for (const { id, bar } of checks.filter((check) => check.file === file)) {
      const measure = bar && MEASURED_BY[bar.figure];
      if (measure && !measures.includes(measure))
        throw new PackError(sourceName(file), `check "${id}"`, `needs ${measure} among the measures`);
      if (bar?.figure === 'state' && !reconciles)
        throw new PackError(sourceName(file), `check "${id}"`, 'needs a reconcile function');
    }
  }
}

/**
 * Where the service has one processor, there is no second to be used. And whoever burned time would keep two busy: only the cost
 * of the same requests tells it from one that answers with both.
 */
function requireCores(
  loads: readonly DeclaredLoad[],
  checks: readonly DeclaredCheck[],
  { limits }: AssessmentSpec,
): void {
  for (const { file } of loads.filter(({ measures }) => measures.includes('cores'))) {
    if (limits.cpus < 2)
      throw new PackError(SPEC, 'limits.cpus', `is under 2, but ${sourceName(file)} measures cores`);
    if (!checks.some((check) => check.file === file && check.bar?.figure === 'cost'))
      throw new PackError(
        sourceName(file),
        'checks',
        'has none with the figure cost, so burning time would pass for keeping processors busy',
      );
  }
}

function requireUnique(checks: readonly PlacedCheck[]): void {
  const seen = new Map<string, string>();
  for (const { check, at } of checks) {
    const other = seen.get(check.id);
    if (other) throw new PackError(at, `check "${check.id}"`, `is declared at ${other} as well`);
    seen.set(check.id, at);
  }
}

function requireWeights(checks: readonly DeclaredCheck[], spec: AssessmentSpec): void {
  const lost = checks.find((check) => spec.topicWeights[check.topic] === undefined);
  if (lost)
    throw new PackError(
      SPEC,
      'topicWeights',
      `has no ${lost.topic}, so check "${lost.id}" would count for nothing`,
    );
}

function requirePublic(checks: readonly DeclaredCheck[], { publicChecks = [] }: AssessmentSpec): void {
  const lost = publicChecks.find((id) => !checks.some((check) => check.id === id));
  if (lost) throw new PackError(SPEC, 'publicChecks', `names no check of this pack: ${lost}`);
}

function requireStubs(spec: AssessmentSpec, sources: readonly string[]): void {
  const named = sources.map((source) => basename(source, '.stub.ts'));
  const missing = Object.keys(spec.stubs).find((name) => !named.includes(name));
  if (missing) throw new PackError(SPEC, `stubs.${missing}`, `has no file stubs/${missing}.stub.ts`);
  const unknown = named.find((name) => !(name in spec.stubs));
  if (unknown)
    throw new PackError(`stubs/${unknown}.stub.ts`, null, `is not declared under stubs in ${SPEC}`);
}
