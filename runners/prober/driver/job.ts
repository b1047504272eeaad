import type { ContainerSpec } from '../../sandbox/types.js';
import type { Job } from '../protocol.js';
import type { ProberOptions } from '../types.js';
import { DATA_MOUNT, secretNames, serviceEnv } from './settings.js';

/** What the test program needs: jest with its caches, stubs, capped bodies. */
const SIZE = { memoryMb: 384, cpus: 1, pids: 64 };
const TMP_MB = 64;
/** Each test file fills the small space for young objects that is usual many times over; with more, the agent takes a fifth less processor time. */
const YOUNG = '--max-semi-space-size=32';

/** Of a check that names no deadline of its own. */
export const DEFAULT_TIMEOUT_MS = 15_000;

/** The container that checks run in: nothing of the submission's is mounted there. */
export const proberContainer = ({ pod, image, cpuset }: ProberOptions): ContainerSpec => ({
  role: 'prober',
  image,
  command: ['node', YOUNG, '/opt/assayer/agent.mjs'],
  env: { HOME: '/tmp' },
  workdir: '/tmp',
  uid: pod.uid('prober'),
  mounts: [],
  tmpfs: { '/tmp': TMP_MB },
  ...SIZE,
  ...(cpuset !== undefined && { cpuset }),
  stdin: true,
  output: { kind: 'stream' },
});

export function jobFor({ pack, seed, folder }: ProberOptions): Job {
  const { spec, files } = pack;
  return {
    seed,
    files,
    env: serviceEnv(spec, seed, `${DATA_MOUNT}/${folder}1`),
    secrets: secretNames(spec),
    stubs: Object.fromEntries(Object.entries(spec.stubs).map(([name, { port }]) => [name, port])),
    readyPath: spec.readyPath,
    toldPort: spec.port,
    cpus: spec.limits.cpus,
  };
}
