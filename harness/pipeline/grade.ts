import type { Finding, Verdict } from '../../assessments/kit/index.js';
import type { Performance } from '../../assessments/kit/schema/performance.js';
import type { InstallPlan, Outcome } from '../../runners/install/types.js';
import type { Prober } from '../../runners/prober/types.js';
import type { Pod } from '../../runners/sandbox/types.js';
import type { RunRecord } from '../scoring/types.js';
import { intake } from './1-intake.js';
import { install } from './2-install.js';
import { boot } from './3-boot.js';
import { CHECK_STAGES, runChecks } from './4-checks.js';
import { measurePerformance } from './5-performance.js';
import { couldNotRun, neverRan } from './faults.js';
import { withPod } from './pod.js';
import { trackProgress } from './progress.js';
import { provenance } from './provenance.js';
import type { Grade, GradeDeps, GradeInput } from './types.js';

/** What the stages in the pod give. */
interface Exercised {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict | null;
  readonly performance: Performance | null;
}

export const grade: Grade = async (input, deps, emit, signal) => {
  const progress = trackProgress(emit, signal);
  const record = async (
    digest: string | null,
    result: Exercised,
    status: RunRecord['status'],
  ): Promise<RunRecord> => {
    if (result.verdict) emit({ type: 'verdict', verdict: result.verdict });
    return {
      status,
      verdict: result.verdict,
      submission: { digest, source: input.source, candidate: input.candidate },
      findings: result.findings,
      notes: [...progress.notes],
      performance: result.performance,
      resources: progress.resources,
      timings: progress.timings,
      provenance: await provenance(input, deps),
    };
  };

  const taken = await intake(input, progress, signal);
  if (!taken.ok) {
    const { verdict } = taken;
    return record(
      null,
      { verdict, findings: couldNotRun(input.pack, verdict), performance: null },
      'rejected',
    );
  }
  const archive = taken.value;

  const result = await withPod(input, deps, progress, signal, async (pod, settle) => {
    const installed = await install(input, archive, pod, deps, progress, signal);
    settle();
    return installed.ok ? exercise(installed.value, await pod) : stopped(input, installed.verdict);
  });
  return record(archive.digest, result, 'graded');

  async function exercise(plan: InstallPlan, pod: Pod): Promise<Exercised> {
    const booted: Outcome<Prober> = await boot(input, plan, pod, deps, progress, signal);
    if (!booted.ok) return stopped(input, booted.verdict);
    const prober = booted.value;
    try {
      return await runStages(prober, plan, pod);
    } finally {
      for (const note of prober.notes) progress.note(note.code, note.message);
      await prober.close();
    }
  }

  async function runStages(prober: Prober, plan: InstallPlan, pod: Pod): Promise<Exercised> {
    const findings: Finding[] = [];
    let verdict: Verdict | null = null;
    for (const stage of CHECK_STAGES) {
      if (!input.pack.checks.some((check) => check.dimension === stage && !check.bar)) continue;
      const checked = await progress.stage(stage, () =>
        runChecks(stage, input, archive, prober, progress, emit),
      );
      findings.push(...checked.findings);
      verdict ??= checked.verdict;
    }
    const measured = await measurePerformance(input, { pod, plan, prober }, deps, progress, signal);
    findings.push(...measured.findings);
    return { findings, verdict, performance: measured.performance };
  }
};

function stopped(input: GradeInput, verdict: Verdict): Exercised {
  return { findings: neverRan(input.pack, verdict), verdict, performance: null };
}

/** The record of a run that we could not finish; for the last attempt, after `grade` threw. */
export async function notGraded(
  input: GradeInput,
  deps: Pick<GradeDeps, 'sandbox' | 'images' | 'versions' | 'now'>,
  verdict: Verdict,
): Promise<RunRecord> {
  return {
    status: 'notGraded',
    verdict,
    submission: { digest: null, source: input.source, candidate: input.candidate },
    findings: couldNotRun(input.pack, verdict),
    notes: [],
    performance: null,
    timings: {},
    provenance: await provenance(input, deps),
  };
}
