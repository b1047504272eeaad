import type { CheckBody, Finding } from '../../../../assessments/kit/index.js';
import { ServiceError } from '../../../../assessments/kit/index.js';
import type { CheckRequest } from '../../protocol.js';
import { openContext } from '../context/context.js';
import { elapsed } from '../http/setup.js';
import { askHttp } from '../find/probe.js';
import type { Session } from '../session.js';
import { judge, passed, type Judgement } from './outcome.js';

/** A service that answers its readiness path later than this is taken for hung. */
const HEALTH_MS = 5000;
const START_MS = 300_000;

/** Runs one check against a healthy service and reports what it found. Never throws. */
export async function runCheck(session: Session, check: CheckRequest, body: CheckBody): Promise<void> {
  const { channel, mask } = session;
  channel.send({ type: 'checkStarted', checkId: check.id });
  const opened = openContext(session, check.id);
  let judgement: Judgement = passed;
  let start = performance.now();
  try {
    await makeReady(session, check);
    start = performance.now();
    await withinDeadline(body(opened.context), check.timeoutMs);
  } catch (thrown) {
    judgement = judge(thrown, mask.text);
  }
  const durationMs = elapsed(start);
  opened.close();
  const finding: Finding = { checkId: check.id, ...judgement, evidence: opened.evidence(), durationMs };
  channel.send({ type: 'checkFinished', finding });
}

/** No check inherits scripted answers, other settings, a paused, a dead or a hung service from the one before. */
async function makeReady({ channel, stubs, job, address }: Session, check: CheckRequest): Promise<void> {
  for (const stub of Object.values(stubs)) stub.renew();
  await channel.ask({ op: 'prepare', checkId: check.id, fresh: check.fresh }, START_MS);
  if (typeof (await askHttp(address(), job.readyPath, HEALTH_MS)) === 'number') return;
  await channel.ask({ op: 'revive', checkId: check.id }, START_MS);
}

async function withinDeadline(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ServiceError(`no result within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // A body that outlives its deadline fails on its next step; that is expected.
    work.catch(() => undefined);
  }
}
