import type { ServiceFigures } from '../../assessments/kit/index.js';
import type { LoadResult } from '../../assessments/kit/schema/performance.js';
import { openAgent, type Agent } from './driver/agent.js';
import { createControl } from './driver/control.js';
import { Service } from './driver/service.js';
import { DATA_MOUNT, secretNames, serviceEnv } from './driver/settings.js';
import { createSuite, type SuiteReports } from './driver/suite.js';
import type { Job } from './protocol.js';
import type { Note, OpenProber, Prober, ProberEvent, ProberOptions } from './types.js';

/** What the test program needs: jest, its caches and capped bodies. */
const PROBER = { memoryMb: 384, cpus: 1, pids: 64, tmpMb: 64 };
/** Beyond a load's own length: the last answers, and the figures. */
const LOAD_SPARE_MS = 30_000;

/** Starts a prober in the pod. The service starts with `boot`, after the stubs listen, so that it cannot take their ports. */
export const openProber: OpenProber = async (options) => {
  const { pod, pack, signal } = options;
  const notes: Note[] = [];
  let reports: SuiteReports = { checkStarted: () => undefined, checkFinished: () => undefined };
  let onEvent: (event: ProberEvent) => void = () => undefined;
  const note = (one: Note): void => {
    if (!notes.some(({ code, message }) => code === one.code && message === one.message)) notes.push(one);
  };

  const service = new Service({
    pod,
    spec: pack.spec,
    launch: options.service,
    seed: options.seed,
    async find(uid, withinMs) {
      const result = await agent.request({ type: 'find', uid, withinMs }, withinMs + 10_000);
      if ('found' in result) return result.found;
      throw new Error(
        'failed' in result ? result.failed : 'the prober answered another question than was asked',
      );
    },
    onStart: (start) => onEvent({ type: 'serviceStarted', start }),
    onExit: ({ code, oomKilled }) => onEvent({ type: 'serviceExited', code, oomKilled }),
  });
  const control = createControl(service, note);
  let agent = await newAgent();

  async function newAgent(): Promise<Agent> {
    const container = await pod.start(proberContainer(options));
    return openAgent(container, jobFor(options), {
      checkStarted: (checkId) => reports.checkStarted(checkId),
      checkFinished: (finding) => reports.checkFinished(finding),
      control: (operation) => control.carryOut(operation),
    });
  }

  /** The agent in use. A lost one is replaced while the service is down, or it could take the stubs' ports. */
  async function workingAgent(): Promise<Agent> {
    signal.throwIfAborted();
    if (!agent.gone()) return agent;
    await service.stop();
    await agent.close();
    agent = await newAgent();
    await control.renew();
    return agent;
  }

  const prober: Prober = {
    notes,
    service: () => service.container,
    figures: (): Promise<ServiceFigures | null> => service.figures(),
    async boot() {
      const started = await service.start({ emptyData: true, env: {} });
      if (started.ok) started.notes.forEach(note);
      return started;
    },
    run(checks, listener) {
      onEvent = listener;
      const withinMs = pack.spec.limits.checksSeconds * 1000;
      const suite = createSuite(checks, { agent: workingAgent, withinMs, signal, onEvent: listener });
      reports = suite.reports;
      return suite.run();
    },
    async load({ profile, title, seconds, connections, file }): Promise<LoadResult> {
      const current = await workingAgent();
      const before = await cpuNanoseconds(service);
      const result = await current.request({ type: 'load', file }, seconds * 1000 + LOAD_SPARE_MS);
      const after = await cpuNanoseconds(service);
      if (!('loaded' in result))
        throw new Error(
          'failed' in result ? result.failed : 'the prober answered another question than was asked',
        );
      const { requests, ...measured } = result.loaded;
      const figures = await service.figures();
      const cpuMs = before !== null && after !== null ? Number(after - before) / 1e6 : null;
      return {
        profile,
        title,
        connections,
        requests,
        ...measured,
        requestsPerSecond: requests / measured.seconds,
        cpuMsPerRequest: cpuMs !== null && requests > 0 ? cpuMs / requests : null,
        memoryPeakMb: (figures?.memoryPeakBytes ?? 0) / 2 ** 20,
      };
    },
    async close() {
      await service.stop();
      await agent.close();
    },
  };
  return prober;
};

/** Null when the service is down. */
const cpuNanoseconds = async ({ container, running }: Service): Promise<bigint | null> =>
  container && running ? container.cpuNanoseconds() : null;

const proberContainer = ({ pod, image }: ProberOptions) => ({
  role: 'prober',
  image,
  command: ['node', '/opt/assayer/agent.mjs'],
  env: { HOME: '/tmp' },
  workdir: '/tmp',
  uid: pod.uid('prober'),
  mounts: [],
  tmpfs: { '/tmp': PROBER.tmpMb },
  memoryMb: PROBER.memoryMb,
  cpus: PROBER.cpus,
  pids: PROBER.pids,
  stdin: true,
  output: { kind: 'stream' } as const,
});

function jobFor({ pack, seed }: ProberOptions): Job {
  const { spec, files } = pack;
  return {
    seed,
    files,
    env: serviceEnv(spec, seed, `${DATA_MOUNT}/1`),
    secrets: secretNames(spec),
    stubs: Object.fromEntries(Object.entries(spec.stubs).map(([name, { port }]) => [name, port])),
    readyPath: spec.readyPath,
    toldPort: spec.port,
  };
}
