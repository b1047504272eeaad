import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureImages } from '../../../docker/images.js';
import { projectRoot } from '../../../docker/paths.js';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import {
  createRegistryProxy,
  installDependencies,
  planInstall,
  prepareWork,
  type InstallDeps,
  type Installed,
  type InstallPlan,
  type Outcome,
} from '../../../runners/install/index.js';
import type { Upstream } from '../../../runners/install/registry/upstream.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';
import { nodeBin, LAUNCHER } from '../../../runners/sandbox/image.js';
import type { Pod } from '../../../runners/sandbox/types.js';
import { takeBytes, zipOf } from '../../unit/intake/support.js';

export interface Prepared {
  readonly installed: Installed;
  readonly ms: { readonly install: number; readonly prepare: number };
  /** Runs a shell command as the service would, and gives what it printed. */
  sh(command: string): Promise<{ code: number; text: string }>;
}

export interface Rig {
  readonly deps: InstallDeps;
  archive(files: Readonly<Record<string, string>>): Promise<SubmissionArchive>;
  plan(archive: SubmissionArchive): Promise<InstallPlan>;
  install(
    archive: SubmissionArchive,
    plan: InstallPlan,
    seconds?: number,
    signal?: AbortSignal,
  ): Promise<Outcome<Installed>>;
  /** Plans, installs and prepares, hands the result to `use`, and removes the pod. A verdict is thrown as its message. */
  prepare(archive: SubmissionArchive, use: (prepared: Prepared) => Promise<void>): Promise<void>;
  /** The verdict that preparing ends in. */
  verdict(
    archive: SubmissionArchive,
    more?: { buildSeconds: number },
  ): Promise<{ code: string; message: string; logTail: string }>;
  close(): Promise<void>;
}

/** Real engine, real registry proxy. Packages stay cached between runs of the tests; installed caches do not. */
export async function rig(upstream?: Upstream): Promise<Rig> {
  const stateDir = join(projectRoot, '.assayer');
  const images = await ensureImages(dockerImageStore({}), { stateDir, say: () => undefined });
  const blobs = await mkdtemp(join(tmpdir(), 'assayer-install-'));
  const sandbox = dockerSandbox({ pauseImage: images.pause, owner: `install-test-${process.pid}` });
  const registry = createRegistryProxy({
    stateDir: upstream === undefined ? stateDir : blobs,
    ...(upstream && { upstream }),
  });
  const deps: InstallDeps = { sandbox, images, registry };
  const caches = new Map<string, Installed['cache']>();
  const signal = AbortSignal.timeout(300_000);
  const onLog = (): void => undefined;

  const install: Rig['install'] = async (archive, plan, seconds = 180, cancel = signal) => {
    const how = { run: 'install-test', attempt: 1, seconds, signal: cancel, onLog, onUsage: onLog };
    const outcome = await installDependencies(plan, archive, deps, how);
    if (outcome.ok && outcome.value.cache) caches.set(outcome.value.cache.name, outcome.value.cache);
    return outcome;
  };
  const planned: Rig['plan'] = async (archive) => unwrap(await planInstall(archive));

  async function withPod<T>(
    archive: SubmissionArchive,
    use: (pod: Pod, plan: InstallPlan) => Promise<T>,
  ): Promise<T> {
    const plan = await planned(archive);
    const pod = await sandbox.createPod({
      run: 'install-test',
      attempt: 1,
      ttlSeconds: 600,
      volumes: { work: { sizeMb: 512, inodes: 100_000, owner: 'service' } },
    });
    try {
      return await use(pod, plan);
    } finally {
      await pod.dispose();
    }
  }

  const options = { memoryMb: 512, cpus: 2, pids: 128, buildSeconds: 60, signal, onLog };

  return {
    deps,
    install,
    plan: planned,
    archive: async (files) => {
      const entries = Object.entries(files).map(([name, content]) => ({ name, content }));
      return unwrap(await takeBytes(zipOf(entries), blobs));
    },
    prepare: (archive, use) =>
      withPod(archive, async (pod, plan) => {
        const before = performance.now();
        const installed = unwrap(await install(archive, plan));
        const between = performance.now();
        unwrap(await prepareWork(plan, archive, installed, pod, deps, options));
        const ms = { install: between - before, prepare: performance.now() - between };
        await use({ installed, ms, sh: (command) => shell(pod, plan, images.sandbox, command) });
      }),
    verdict: (archive, more = { buildSeconds: 60 }) =>
      withPod(archive, async (pod, plan) => {
        const installed = await install(archive, plan);
        const outcome = installed.ok
          ? await prepareWork(plan, archive, installed.value, pod, deps, { ...options, ...more })
          : installed;
        if (outcome.ok) throw new Error('It was prepared.');
        return outcome.verdict;
      }),
    async close() {
      for (const cache of caches.values()) await cache?.remove();
      await registry.close();
      await sandbox.close();
      await rm(blobs, { recursive: true, force: true });
    },
  };
}

/** A field that changes nothing but the name of the cache: so no other run, of whatever program, has filled it already. */
export const ofItsOwn = (): object => ({ overrides: { [`unused-${randomUUID()}`]: '1.0.0' } });

export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.verdict.code}: ${outcome.verdict.message}\n${outcome.verdict.logTail}`);
}

async function shell(pod: Pod, plan: InstallPlan, image: string, command: string) {
  const container = await pod.start({
    role: 'service',
    image,
    command: [LAUNCHER, command],
    env: { PATH: `${nodeBin(plan.nodeMajor)}:/usr/local/bin:/usr/bin:/bin`, HOME: '/tmp' },
    workdir: `/work/${plan.root}`,
    uid: pod.uid('service'),
    mounts: [{ volume: 'work', path: '/work', readOnly: false }],
    memoryMb: 256,
    cpus: 1,
    pids: 64,
    stdin: false,
    output: { kind: 'log', logKb: 64 },
  });
  try {
    const { code } = await container.ended;
    return {
      code,
      text: container
        .logs()
        .map((line) => line.text)
        .join('\n'),
    };
  } finally {
    await container.remove();
  }
}
