import { nodeBin } from '../image.js';
import type { Container, ContainerExit, ContainerSpec, EngineFacts, Pod, Sandbox } from '../types.js';
import { lookScript, program, saidBy } from './script.js';
import type { Look } from './types.js';

/** Where probes are tried: two pods as candidates have them. */
export interface Lab {
  readonly engine: EngineFacts;
  readonly here: Pod;
  readonly there: Pod;
  /** Starts a Node script as candidate code: the body of an async function of `input`, which may `say(value)`. */
  start(script: string, setup?: Setup): Promise<Container>;
  /** The same to its end. `said` is the last value it said, undefined when it said none. */
  ask<T>(script: string, setup?: Setup): Promise<Asked<T>>;
  /** Runs all looks, one after another in one container; answers with what each has returned, by id. */
  look(looks: readonly Look[]): Promise<ReadonlyMap<string, unknown>>;
}

export interface Setup {
  readonly input?: unknown;
  readonly pod?: Pod;
  readonly change?: Partial<ContainerSpec>;
}

export interface Asked<T> extends ContainerExit {
  readonly said: T | undefined;
}

/** Small quotas of the lab's pods, for looks to fill; each volume is mounted at `/<name>`. */
export const VOLUMES = {
  bytes: { sizeMb: 4, inodes: 100, owner: 'service' },
  files: { sizeMb: 4, inodes: 50, owner: 'service' },
} as const;
export const TMP_MB = 4;

export async function openLab(sandbox: Sandbox, image: string, engine: EngineFacts): Promise<Lab> {
  const [here, there] = await Promise.all([openPod(sandbox), openPod(sandbox)]);
  const start: Lab['start'] = (script, { input = null, pod = here, change = {} } = {}) =>
    pod.start({
      role: 'preflight',
      image,
      command: [`${nodeBin(22)}/node`, '-e', program(script)],
      env: { INPUT: JSON.stringify(input), PATH: `${nodeBin(22)}:/usr/local/bin:/usr/bin:/bin` },
      workdir: '/tmp',
      uid: pod.uid('service'),
      mounts: [],
      memoryMb: 128,
      cpus: 1,
      pids: 64,
      stdin: false,
      output: { kind: 'log', logKb: 64 },
      ...change,
    });
  const finish = async (container: Container): Promise<ContainerExit> => {
    const exit = await container.ended;
    await container.remove();
    return exit;
  };
  return {
    engine,
    here,
    there,
    start,
    async ask<T>(script: string, setup?: Setup) {
      const container = await start(script, setup);
      const exit = await finish(container);
      return { ...exit, said: saidBy<T>(container).at(-1) };
    },
    async look(looks) {
      const mounts = Object.keys(VOLUMES).map((volume) => ({ volume, path: `/${volume}`, readOnly: false }));
      const container = await start(lookScript(looks), {
        input: Object.fromEntries(looks.map(({ id, input }) => [id, input])),
        change: { mounts, tmpfs: { '/tmp': TMP_MB } },
      });
      await finish(container);
      return new Map(saidBy<readonly [string, unknown]>(container));
    },
  };
}

const openPod = (sandbox: Sandbox): Promise<Pod> =>
  sandbox.createPod({ run: 'preflight', attempt: 1, ttlSeconds: 180, volumes: VOLUMES });
