import type { DeclaredCheck, Finding } from '../../../assessments/kit/index.js';
import { whileTimeIsLeft } from '../../sandbox/counted-time.js';
import type { CheckRequest } from '../protocol.js';
import type { ProberEvent } from '../types.js';
import { AgentGone, type Agent } from './agent.js';
import { DEFAULT_TIMEOUT_MS } from './job.js';
import { lost, neverBegun, notEvaluated, notReached } from './lostFindings.js';

/** A prober that says nothing for a check's own deadline and this long beyond it is given up. */
const SILENCE_MS = 20_000;
/** Probers that may die before they have begun any check. */
const MAX_IDLE_DEATHS = 2;
const WATCH_MS = 500;
/** On a busy host the checks may take so many times longer; a service can keep it busy itself, so not more. */
const STRETCH = 2;

export interface SuiteSetup {
  /** The prober in use; a new one with a fresh service where the last is gone. */
  readonly agent: () => Promise<Agent>;
  /** Of time that counts: see `CountedTime`. */
  readonly withinMs: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ProberEvent) => void;
}

/** What the agent in use reports; the suite that runs takes it in. */
export interface SuiteReports {
  checkStarted(checkId: string): void;
  checkFinished(finding: Finding): void;
}

export interface Suite {
  readonly reports: SuiteReports;
  /** Exactly one finding for each check, in their order. */
  run(): Promise<readonly Finding[]>;
  /** Of its time, once it has run. */
  leftMs(): number;
}

/**
 * Runs checks and sees to it that each has a finding. What was under way when a prober was lost is run again alone, with a
 * fresh service; only what loses its prober again there is the service's doing. What was never begun just goes on.
 */
export function createSuite(checks: readonly DeclaredCheck[], setup: SuiteSetup): Suite {
  const { signal, onEvent } = setup;
  const wanted = new Set(checks.map((check) => check.id));
  const findings = new Map<string, Finding>();
  const latest = performance.now() + setup.withinMs * STRETCH;
  let spentMs = 0;
  let underWay: DeclaredCheck | null = null;

  const reports: SuiteReports = {
    checkStarted(checkId) {
      underWay = checks.find((check) => check.id === checkId) ?? null;
      onEvent({ type: 'checkStarted', checkId });
    },
    checkFinished(finding) {
      if (!wanted.has(finding.checkId) || findings.has(finding.checkId)) return;
      settle(finding);
    },
  };

  function settle(finding: Finding): void {
    if (underWay?.id === finding.checkId) underWay = null;
    findings.set(finding.checkId, finding);
    onEvent({ type: 'checkFinished', finding });
  }
  const open = (batch: readonly DeclaredCheck[]): DeclaredCheck[] =>
    batch.filter(({ id }) => !findings.has(id));

  /** Null when the batch came to its end; else why the prober was lost. */
  async function runBatch(batch: readonly DeclaredCheck[]): Promise<AgentGone | 'late' | null> {
    underWay = null;
    let watch: NodeJS.Timeout | undefined;
    try {
      const agent = await setup.agent();
      watch = setInterval(() => {
        const allowed = (underWay?.timeoutMs ?? DEFAULT_TIMEOUT_MS) + SILENCE_MS;
        if (agent.silentMs() > allowed) agent.abandon();
      }, WATCH_MS);
      const request = { type: 'run', checks: batch.map(toRequest) } as const;
      const [spentBefore, began] = [spentMs, await agent.countedMs()];
      const leftMs = async (): Promise<number> => {
        spentMs = spentBefore + (await agent.countedMs()) - began;
        return Math.min(setup.withinMs - spentMs, latest - performance.now());
      };
      const answered = agent.request(request, latest - performance.now() + SILENCE_MS);
      const end = await whileTimeIsLeft(answered, leftMs);
      await leftMs();
      if (!end) {
        // It would go on with checks that have had their time, beside those of the next stage.
        await agent.close();
        return 'late';
      }
      const { value } = end;
      const faults = 'ran' in value ? value.ran.faults : [];
      const failure = 'failed' in value ? value.failed : null;
      for (const check of open(batch)) {
        settle(notEvaluated(check, faults.find(({ file }) => file === check.file)?.message ?? failure));
      }
      return null;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AgentGone) return error;
      throw error;
    } finally {
      clearInterval(watch);
    }
  }

  async function run(): Promise<readonly Finding[]> {
    const suspects: DeclaredCheck[] = [];
    let idleDeaths = 0;
    let rest = open(checks);
    while (rest.length > 0) {
      const gone = await runBatch(rest);
      if (gone === 'late') break;
      const suspect = underWay;
      if (gone && suspect) suspects.push(suspect);
      else if (gone && ++idleDeaths > MAX_IDLE_DEATHS) {
        if (gone.why !== 'outOfMemory') throw gone;
        for (const check of open(checks)) settle(neverBegun(check));
      }
      rest = open(checks).filter((check) => !suspects.includes(check));
    }
    for (const suspect of suspects) {
      if (spentMs >= setup.withinMs || performance.now() >= latest) break;
      const gone = await runBatch([suspect]);
      if (gone && gone !== 'late') settle(lost(suspect, gone));
    }
    for (const check of open(checks))
      settle(notReached(check, Math.round(setup.withinMs / 1000), check === underWay));
    return checks.flatMap(({ id }) => findings.get(id) ?? []);
  }

  return { reports, run, leftMs: () => setup.withinMs - spentMs };
}

const toRequest = ({ id, file, fresh, timed, timeoutMs }: DeclaredCheck): CheckRequest => ({
  id,
  file,
  fresh: fresh ?? false,
  timed: timed ?? false,
  timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
});
