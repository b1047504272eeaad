import { nodeBin } from '../image.js';
import type { Container, ContainerExit, ContainerSpec, EngineFacts, Pod, Sandbox } from '../types.js';

/** Where probes are tried: two pods as candidates have them. */
export interface Lab {
  readonly engine: EngineFacts;
  readonly here: Pod;
  readonly there: Pod;
  /** Starts a Node script as candidate code. It has `input` and `say(value)`, and may await. */
  start(script: string, trial?: Trial): Promise<Container>;
  /** The same to its end. `said` is the last value it said, undefined when it said none. */
  ask<T>(script: string, trial?: Trial): Promise<Asked<T>>;
  /** The answer of the first call with that key, for probes that look at the same thing. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export interface Trial {
  readonly input?: unknown;
  readonly pod?: Pod;
  readonly change?: Partial<ContainerSpec>;
}

export interface Asked<T> extends ContainerExit {
  readonly said: T | undefined;
}

/** Small quotas of the lab's pods, for probes to fill. */
export const VOLUMES = {
  bytes: { sizeMb: 4, inodes: 100, owner: 'service' },
  files: { sizeMb: 4, inodes: 50, owner: 'service' },
} as const;

export async function openLab(sandbox: Sandbox, image: string, engine: EngineFacts): Promise<Lab> {
  const [here, there] = await Promise.all([openPod(sandbox), openPod(sandbox)]);
  const memory = new Map<string, Promise<unknown>>();
  const start: Lab['start'] = (script, { input = null, pod = here, change = {} } = {}) =>
    pod.start({
      role: 'preflight',
      image,
      command: [`${nodeBin(22)}/node`, '-e', PRELUDE + wrap(script)],
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
  return {
    engine,
    here,
    there,
    start,
    async ask<T>(script: string, trial?: Trial) {
      const container = await start(script, trial);
      const exit = await container.ended;
      await container.remove();
      return { ...exit, said: lastSaid<T>(container) };
    },
    once<T>(key: string, work: () => Promise<T>) {
      const known = memory.get(key) ?? work();
      memory.set(key, known);
      return known as Promise<T>;
    },
  };
}

/** Waits until a script that goes on running has said something; undefined when it never does. */
export async function untilSaid<T>(container: Container): Promise<T | undefined> {
  for (let look = 0; look < 400; look++) {
    const value = lastSaid<T>(container);
    if (value !== undefined || !container.running()) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return undefined;
}

function lastSaid<T>(container: Container): T | undefined {
  const said = container.logs().findLast(({ text }) => text.startsWith(SAID));
  return said && (JSON.parse(said.text.slice(SAID.length)) as T);
}

const openPod = (sandbox: Sandbox): Promise<Pod> =>
  sandbox.createPod({ run: 'preflight', attempt: 1, ttlSeconds: 180, volumes: VOLUMES });

const SAID = 'said ';
const PRELUDE = `
const input = JSON.parse(process.env.INPUT);
const say = (value) => console.log('${SAID}' + JSON.stringify(value));
`;
const wrap = (script: string): string => `(async () => {${script}})();`;
