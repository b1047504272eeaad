import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pack, SubmissionArchive } from '../assessments/kit/index.js';
import type { Scorecard } from '../assessments/kit/schema/scorecard.js';
import type { Outcome } from '../runners/install/types.js';
import type { Config } from './config.js';
import { reasonOf } from './errors.js';
import { openGrading, type GradingConfig } from './grading.js';
import { parseSource, takeIn } from './intake/index.js';
import { packRoots } from './packs/builtin.js';
import { loadPack, resolvePack } from './packs/index.js';
import type { EmitRunEvent } from './pipeline/events.js';
import { faultVerdict } from './pipeline/faults.js';
import { grade, notGraded } from './pipeline/grade.js';
import type { GradeDeps, GradeInput } from './pipeline/types.js';
import { scoreRun, type RunRecord } from './scoring/index.js';

export interface LocalRequest {
  /** Folder, archive or git URL. */
  readonly source: string;
  /** Id or folder. */
  readonly assessment: string;
  readonly candidate: string | null;
  readonly emit: EmitRunEvent;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The whole pipeline in this process: for one submission of somebody who waits. Faults of ours become a record as well. */
export async function gradeLocally(
  config: GradingConfig & Pick<Config, 'packDirs'>,
  request: LocalRequest,
): Promise<{ card: Scorecard; record: RunRecord }> {
  const pack = await loadPack(await resolvePack(request.assessment, ...packRoots(config)));
  const grading = await openGrading(config, request.say);
  try {
    const input = localInput(config, pack, request.source, {
      run: `local-${randomBytes(4).toString('hex')}`,
      candidate: request.candidate,
      withLoad: true,
    });
    const record = await gradeOrExplain(input, grading.deps, request.emit, request.signal);
    await grading.tidy().catch((error: unknown) => request.say(reasonOf(error)));
    return { record, card: scoreRun(record, { spec: pack.spec, checks: pack.checks }) };
  } finally {
    await grading.close();
  }
}

/** What `grade` is given for something on this machine. */
export function localInput(
  config: Pick<Config, 'stateDir'>,
  pack: Pack,
  source: string,
  options: Pick<GradeInput, 'run' | 'candidate' | 'withLoad'>,
): GradeInput {
  return {
    ...options,
    attempt: 1,
    pack,
    source,
    seed: randomBytes(8).toString('hex'),
    takeIn: (signal) => takeInLocal(config, source, signal),
  };
}

async function takeInLocal(
  config: Pick<Config, 'stateDir'>,
  text: string,
  signal: AbortSignal,
): Promise<Outcome<SubmissionArchive>> {
  const source = await parseSource(text);
  if (!source.ok) return source;
  return takeIn(source.value, { blobsDir: join(config.stateDir, 'blobs'), allowLocal: true, signal });
}

/** A fault of ours ends in a record that says so; being stopped is passed on. */
export async function gradeOrExplain(
  input: GradeInput,
  deps: GradeDeps,
  emit: EmitRunEvent,
  signal: AbortSignal,
): Promise<RunRecord> {
  let stage: Parameters<typeof faultVerdict>[1] = 'intake';
  try {
    return await grade(
      input,
      deps,
      (event) => {
        if (event.type === 'stageStarted') stage = event.stage;
        emit(event);
      },
      signal,
    );
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const verdict = faultVerdict(error, stage);
    emit({ type: 'verdict', verdict });
    return notGraded(input, deps, verdict);
  }
}
