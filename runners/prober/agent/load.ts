import { setTimeout as sleep } from 'node:timers/promises';
import {
  cleanText,
  seededRandom,
  ServiceError,
  type LoadProfile,
  type LoadStep,
} from '../../../assessments/kit/index.js';
import { drive } from '../../performance/generator/drive.js';
import { toWireSteps } from '../../performance/generator/steps.js';
import type { Driven, Stretch } from '../../performance/types.js';
import { judge } from './checks/outcome.js';
import { exchange } from './http/exchange.js';
import { DEFAULT_HEADERS, hostHeader } from './http/limits.js';
import { toWire } from './http/wire.js';
import { loadDefault } from './modules.js';
import { answersAtRest, difference, type Answer } from './sample.js';
import type { Session } from './session.js';

/** Work that the service goes on with after its answers, such as calls to stubs, is waited for this long. */
const QUIET_MS = 6;
const MAX_WAIT_MS = 400;
const RECONCILE_MS = 5000;
/** For all that a service is asked after a load; more than any list takes, and less than the worker waits for us. */
const AFTERMATH_MS = 40_000;
const MAX_FAULT = 500;

/** One load profile since the service's last start. */
export interface Loads {
  drive(stretch: Stretch): Promise<Driven>;
  reconcile(): Promise<string | null>;
}

/** Makes the requests of a load profile and looks at some answers at rest. @throws Error when the profile is wrong */
export async function openLoads(session: Session, file: string): Promise<Loads> {
  const { job, address } = session;
  renewStubs(session);
  const profile = loadDefault<LoadProfile>(job, file);
  const steps = profile.requests({ random: seededRandom(`${job.seed}:${file}`), env: job.env });
  const at = address();
  const wire = toWireSteps(steps, { ...DEFAULT_HEADERS, host: hostHeader(at) });
  const atRest = await answersAtRest(at, steps);
  const memory = { bodiesAt: methodsWithBody(atRest), kept: new Map<LoadStep, Set<string>>() };

  return {
    async drive(stretch) {
      renewStubs(session);
      const cpu = process.cpuUsage();
      const { ms, tally } = await drive(wire, { ...at, headers: {} }, stretch, memory);
      const { user, system } = process.cpuUsage(cpu);
      await quiet(session);
      return {
        ...tally.totals(),
        ms,
        difference: unasked(tally.unasked) ?? difference(atRest, tally.samples),
        latency: tally.latency.encode(),
        lightLatency: tally.lightLatency.encode(),
        generatorMs: (user + system) / 1000,
      };
    },
    async reconcile() {
      await quiet(session);
      const kept = [...memory.kept].flatMap(([step, texts]) => [...texts].map((text) => ({ step, text })));
      const deadline = performance.now() + AFTERMATH_MS;
      const get = async (path: string) => {
        const left = Math.floor(deadline - performance.now());
        if (left <= 0)
          throw new ServiceError(`it took more than ${AFTERMATH_MS / 1000} s to tell what it kept`);
        return exchange(address(), toWire('GET', path, { timeoutMs: Math.min(RECONCILE_MS, left) }, []));
      };
      try {
        return (await profile.reconcile?.({ kept, get }))?.slice(0, MAX_FAULT) ?? null;
      } catch (error) {
        // As with a check: what a pack's own code stumbles over is the service's doing.
        const { outcome, message } = judge(error, cleanTo);
        if (outcome === 'error') throw error;
        return `After the load, ${message.slice(0, MAX_FAULT)}.`;
      }
    },
  };
}

const cleanTo = (text: string, max: number): string => cleanText(text).slice(0, max);

function renewStubs({ stubs }: Session): void {
  for (const stub of Object.values(stubs)) stub.renew();
}

/** A few may be a server's slip when a connection ends. */
const SLIPS = 10;

const unasked = (times: number): string | null =>
  times > SLIPS
    ? `the service sent answers that nobody had asked for, ${times} times, so the number of its answers says nothing`
    : null;

/** Methods whose answers all have a body at rest, so that they must have one under load. */
function methodsWithBody(atRest: readonly Answer[]): Set<string> {
  const methods = new Set(atRest.map(({ method }) => method));
  for (const { method, text } of atRest) if (text === '') methods.delete(method);
  return methods;
}

/** Until the service asks its stubs for nothing any more: work that was ordered belongs to the stretch that ordered it. */
async function quiet({ stubs }: Session): Promise<void> {
  const deadline = performance.now() + MAX_WAIT_MS;
  for (let before = -1; performance.now() < deadline;) {
    const activity = Object.values(stubs).map((stub) => stub.activity());
    const calls = activity.reduce((sum, one) => sum + one.calls, 0);
    if (calls === before && activity.every(({ open }) => open === 0)) return;
    before = calls;
    await sleep(QUIET_MS);
  }
}
