import type {
  Container,
  ContainerExit,
  ContainerSpec,
  Pod,
  PodSpec,
  Sandbox,
} from '../../../runners/sandbox/types.js';

/** What a sandbox must offer to be put to the test. */
export interface Provider {
  /** A sandbox that shows itself as this owner; the caller closes it. */
  open(owner: string): Sandbox;
  /** A candidate image: see runners/sandbox/image.ts. */
  readonly image: string;
  /** Names of all that the engine still has of an owner's pods. */
  leftovers(owner: string): Promise<readonly string[]>;
  /** Makes a pod with a running container in a process of its own, and kills that process. */
  orphan(owner: string): Promise<void>;
}

/** A removal takes 0.1 s; on a machine with ten times the work it can do, this is still no waiting for a deadline. */
export const PROMPT_MS = 8_000;

export type Change = Partial<ContainerSpec>;

export interface Ended extends ContainerExit {
  readonly out: string;
  readonly err: string;
  readonly container: Container;
}

export const podSpec = (change: Partial<PodSpec> = {}): PodSpec => ({
  run: 'conformance',
  attempt: 1,
  ttlSeconds: 300,
  volumes: {},
  ...change,
});

/** A small container for candidate code; `command` is for the shell. */
export const spec = (pod: Pod, image: string, command: string, change: Change = {}): ContainerSpec => ({
  role: 'service',
  image,
  command: ['sh', '-c', command],
  env: {},
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

export const text = (container: Container, stream: 'stdout' | 'stderr'): string =>
  container
    .logs()
    .filter((line) => line.stream === stream)
    .map((line) => line.text)
    .join('\n');

/** Quotes a Node script for the shell. */
export const node = (script: string): string => `exec node -e '${script.replaceAll("'", `'\\''`)}'`;
