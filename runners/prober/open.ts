import { openAgent, type Agent } from './driver/agent.js';
import { allowance } from './driver/allowance.js';
import { boot } from './driver/boot.js';
import { createControl } from './driver/control.js';
import { watchDeaths } from './driver/deaths.js';
import { jobFor, proberContainer } from './driver/job.js';
import { Service } from './driver/service.js';
import { createSide } from './driver/side.js';
import { createSuite, type SuiteReports } from './driver/suite.js';
import { createMask } from './mask.js';
import type { Note, OpenProber, Prober, ProberEvent } from './types.js';

const LOG_LINES = 20;

/** Starts a prober in the pod. The service starts with `boot`, after the stubs listen, so that it cannot take their ports. */
export const openProber: OpenProber = async (options) => {
  const { pod, pack, seed, signal } = options;
  const job = jobFor(options);
  const time = allowance(pack.checks, pack.spec.limits.checksSeconds * 1000);
  const notes: Note[] = [];
  const note = (one: Note): void => {
    if (!notes.some(({ code, message }) => code === one.code && message === one.message)) notes.push(one);
  };
  let reports: SuiteReports = { checkStarted: () => undefined, checkFinished: () => undefined };
  let onEvent: (event: ProberEvent) => void = () => undefined;
  /** During the check under way. */
  let deaths = watchDeaths();

  const service = new Service({
    pod,
    spec: pack.spec,
    launch: options.service,
    seed,
    folder: options.folder,
    mask: createMask(job.env, job.secrets),
    async find(uid, withinMs) {
      const result = await agent.request({ type: 'find', uid, withinMs }, withinMs + 10_000);
      if ('found' in result) return result.found;
      throw new Error(
        'failed' in result ? result.failed : 'the prober answered another question than was asked',
      );
    },
    onStart: (start) => onEvent({ type: 'serviceStarted', start }),
    onExit(exit, manner, log) {
      onEvent({ type: 'serviceExited', code: exit.code, oomKilled: exit.oomKilled });
      deaths.add(exit, manner, log().split('\n').slice(-LOG_LINES));
    },
  });
  const control = createControl(service);

  const newAgent = async (): Promise<Agent> =>
    openAgent(await pod.start(proberContainer(options)), job, {
      checkStarted(checkId) {
        deaths = watchDeaths();
        reports.checkStarted(checkId);
      },
      checkFinished(finding) {
        reports.checkFinished(deaths.told(finding));
      },
      async control(operation) {
        const reply = await control.carryOut(operation);
        if (operation.op === 'prepare' || operation.op === 'revive') deaths.begin();
        return reply;
      },
    });
  let agent = await newAgent();
  signal.addEventListener('abort', () => agent.abandon(), { once: true });

  async function replaceAgent(): Promise<void> {
    await agent.close();
    agent = await newAgent();
  }

  /** The agent in use. A lost one is replaced while the service is down, or that could take the stubs' ports. */
  async function workingAgent(): Promise<Agent> {
    signal.throwIfAborted();
    if (agent.gone()) {
      await control.renew(replaceAgent);
    }
    return agent;
  }

  const prober: Prober = {
    get notes() {
      return [...notes, ...control.notes()];
    },
    service: () => service.container,
    figures: () => service.figures(),
    async boot() {
      try {
        const started = await boot(service, replaceAgent);
        if (started.ok) started.notes.forEach(note);
        return started;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      }
    },
    async run(checks, listener) {
      onEvent = listener;
      const withinMs = time.of(checks);
      const suite = createSuite(checks, { agent: workingAgent, withinMs, signal, onEvent: listener });
      reports = suite.reports;
      const findings = await suite.run();
      time.leave(suite.leftMs());
      return findings;
    },
    side: (profile) => createSide(profile, service, { agent: workingAgent, note }),
    async close() {
      await service.stop();
      await agent.close();
    },
  };
  return prober;
};
