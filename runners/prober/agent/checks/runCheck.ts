import type { CheckBody, Finding, ServiceFigures } from '../../../../assessments/kit/index.js';
import { ServiceError } from '../../../../assessments/kit/index.js';
import type { CheckRequest } from '../../protocol.js';
import { openContext } from '../context/context.js';
import { elapsed } from '../http/setup.js';
import { askHttp } from '../find/probe.js';
import type { Session } from '../session.js';
import { judge, passed, type Judgement } from './outcome.js';
import { beginStretch, untilCalm, wasPressed, wasStarved, type Stretch } from './starvation.js';

/** A service that answers its readiness path later than this is taken for hung. */
const HEALTH_MS = 5000;
/** One that has answered all that it was asked answers soon; else the engine is given this long to tell of its end. */
const SOON_MS = 300;
const LAST_BREATH_MS = 500;
const START_MS = 300_000;
const ENGINE_MS = 20_000;
/** How long a second try waits for the host to have processor time again; shorter than the driver's patience with silence. */
const CALM_WITHIN_MS = 12_000;
/** All such waits of this prober together, so that they do not use up the time that the checks have. */
let patienceMs = 60_000;

/**
 * Runs one check against a healthy service and reports what it found. Never throws. What failed while the host was short of
 * processor time is tried once more; if time matters to it and the shortage is not the service's own doing, it then stays
 * without a result.
 */
export async function runCheck(session: Session, check: CheckRequest, body: CheckBody): Promise<void> {
  let tried = await tryCheck(session, check, body, 1);
  if (costs(tried) && wasPressed(tried.stretch)) {
    const start = performance.now();
    await untilCalm(Math.min(CALM_WITHIN_MS, patienceMs));
    patienceMs -= elapsed(start);
    tried = await tryCheck(session, check, body, 2);
  }
  const unfair = check.timed && costs(tried) && wasStarved(tried.stretch, session.job.cpus);
  const finding = unfair ? withoutResult(tried.finding) : tried.finding;
  session.channel.send({ type: 'checkFinished', finding });
}

interface Tried {
  readonly finding: Finding;
  readonly stretch: Stretch;
}

const costs = ({ finding }: Tried): boolean => finding.outcome === 'fail' || finding.outcome === 'partial';

function withoutResult(finding: Finding): Finding {
  const message = `The machine was too busy with other work for a fair answer. Seen last: ${finding.message}`;
  return { ...finding, outcome: 'inconclusive', fraction: null, message };
}

async function tryCheck(
  session: Session,
  check: CheckRequest,
  body: CheckBody,
  attempt: number,
): Promise<Tried> {
  const { channel, mask } = session;
  channel.send({ type: 'checkStarted', checkId: check.id });
  const opened = openContext(session, check.id, attempt);
  let judgement: Judgement = passed;
  let start = performance.now();
  // Where no cgroup file can be read, one look at the figures takes a second.
  const cpuMs = check.timed ? () => serviceCpuMs(session) : async () => null;
  let endStretch = await beginStretch(cpuMs);
  try {
    await makeReady(session, check);
    start = performance.now();
    endStretch = await beginStretch(cpuMs);
    await withinDeadline(body(opened.context), check.timeoutMs);
  } catch (thrown) {
    judgement = judge(thrown, mask.text);
  }
  const durationMs = elapsed(start);
  if (judgement.fraction) await untilTold(session);
  const stretch = await endStretch();
  opened.close();
  const finding: Finding = { checkId: check.id, ...judgement, evidence: opened.evidence(), durationMs };
  return { finding, stretch };
}

/** Null while the service is down. */
const serviceCpuMs = async ({ channel }: Session): Promise<number | null> =>
  channel.ask<ServiceFigures>({ op: 'figures' }, ENGINE_MS).then(
    ({ cpuMs }) => cpuMs,
    () => null,
  );

/** No check inherits scripted answers, other settings, a paused, a dead or a hung service from the one before. */
async function makeReady({ channel, stubs, job, address }: Session, check: CheckRequest): Promise<void> {
  for (const stub of Object.values(stubs)) stub.renew();
  await channel.ask({ op: 'prepare', checkId: check.id, fresh: check.fresh }, START_MS);
  if (typeof (await askHttp(address(), job.readyPath, HEALTH_MS)) === 'number') return;
  await channel.ask({ op: 'revive', checkId: check.id }, START_MS);
}

/** The worker counts a death during a check against it, and hears of it a little later than the connections do. */
async function untilTold({ channel, job, address }: Session): Promise<void> {
  if (typeof (await askHttp(address(), job.readyPath, SOON_MS)) === 'number') return;
  await channel.ask({ op: 'exited', timeoutMs: LAST_BREATH_MS }, ENGINE_MS).catch(() => undefined);
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
