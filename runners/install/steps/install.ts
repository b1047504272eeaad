import { randomBytes } from 'node:crypto';
import { tailText } from '../../../assessments/kit/index.js';
import { MOST_STRETCH } from '../../sandbox/counted-time.js';
import { DEPS_DIR, nodeBin } from '../../sandbox/image.js';
import type { CacheVolume, ContainerSpec, Pod } from '../../sandbox/types.js';
import { installFiles } from '../lockfile/index.js';
import type { InstallDependencies, InstallDeps, Installed, InstallPlan, Outcome } from '../types.js';
import { cacheName, sharedFilling } from './cache.js';
import { attemptsFor, managerEnv, type Attempt, type Failure } from './commands.js';
import { failureOf, installVerdict, relevantOutput } from './diagnose.js';
import { judgeAttempt, judgeCompile, judgePublish, type Judged } from './judge-install.js';
import { INSTALL_LIMITS } from './limits.js';
import { startRelay, type Relay } from './relay.js';
import { runStep } from './run.js';
import { COMPILE_SCRIPT, INSTALL_DIR, INSTALL_SCRIPT, PUBLISH_SCRIPT } from './scripts.js';
import { tarOf } from './tar.js';

/** Beyond its deadline a pod of a dead worker may be swept. */
const SPARE_SECONDS = 300;

export const installDependencies: InstallDependencies = (plan, archive, deps, options) => {
  if (!plan.hasDependencies) {
    return Promise.resolve({ ok: true, value: { cache: null, fromCache: true, notes: [] } });
  }
  const name = cacheName(plan, deps);
  return sharedFilling(deps.sandbox, name, async () => {
    const files = await installFiles(plan, archive);
    if (!files.ok) return files;
    const [cache, pod] = await Promise.all([deps.sandbox.cacheVolume(name), openPod(deps, options)]);
    const filling = new Filling(plan, files.value, deps, options, pod, cache);
    let filled = false;
    try {
      const outcome = await filling.run();
      filled = outcome.ok;
      return outcome;
    } finally {
      await pod.dispose();
      options.onUsage(pod.usage());
      // Another process may be filling it right now; then the engine keeps it.
      if (!filled) await cache.remove().catch(() => undefined);
    }
  });
};

type Options = Parameters<InstallDependencies>[3];

function openPod({ sandbox }: InstallDeps, { run, attempt, seconds }: Options): Promise<Pod> {
  const { volumeMb, inodes, compileSeconds } = INSTALL_LIMITS;
  return sandbox.createPod({
    run,
    attempt,
    ttlSeconds: (seconds + compileSeconds) * MOST_STRETCH + SPARE_SECONDS,
    volumes: { install: { sizeMb: volumeMb, inodes, owner: 'install' } },
  });
}

/** One filling of a cache, in a pod of its own. */
class Filling {
  /** Seconds that may still count, all attempts together. */
  private left: number;

  constructor(
    private readonly plan: InstallPlan,
    private readonly files: ReadonlyMap<string, Buffer>,
    private readonly deps: InstallDeps,
    private readonly options: Options,
    private readonly pod: Pod,
    private readonly cache: CacheVolume,
  ) {
    this.left = options.seconds;
  }

  /** Tries one way after the other, until one works or the failure leads to no other. */
  async run(): Promise<Outcome<Installed>> {
    const { plan } = this;
    const starting = startRelay(this.pod, this.deps);
    starting.catch(() => undefined);
    let failure: Failure | null = null;
    let logTail = '';
    for (const attempt of attemptsFor(plan.manager, plan.hasLockfile)) {
      if (failure !== null && !attempt.after.includes(failure)) continue;
      const judged = await this.attempt(attempt, starting);
      switch (judged.kind) {
        case 'installed':
          return this.installed(judged.fromCache, judged.notes);
        case 'needsCompiler':
          // What compiles runs code of the packages, and a submission may bring packages of its own.
          await (await starting).close();
          return this.compile(attempt);
        case 'stopped':
          return judged.outcome;
        case 'managerFailed':
          failure = failureOf(judged.log);
          logTail = tailText(relevantOutput(judged.log));
      }
    }
    return installVerdict(failure ?? 'other', plan, (await starting).session.missing(), logTail);
  }

  private async attempt(attempt: Attempt, starting: Promise<Relay>): Promise<Judged> {
    const { plan, options } = this;
    const folder = plan.installRoot === '' ? '.' : plan.installRoot;
    const files = [...this.files].filter(([path]) => attempt.withLockfile || path !== plan.lockfile);
    const end = await runStep(
      this.pod,
      {
        ...this.container(true),
        role: 'install',
        image: this.deps.images.sandbox,
        command: ['/bin/bash', '-c', INSTALL_SCRIPT, 'install', folder, ...attempt.command],
        env: this.env(attempt),
      },
      {
        input: () => tarOf(new Map(files)),
        seconds: Math.max(1, this.left),
        signal: options.signal,
        onLog: options.onLog,
      },
    );
    this.left -= end.seconds;
    return judgeAttempt(end, (await starting).session, attempt, options.seconds);
  }

  private async compile(attempt: Attempt): Promise<Outcome<Installed>> {
    const { nodeMajor } = this.plan;
    const { signal, onLog } = this.options;
    const how = { input: null, seconds: INSTALL_LIMITS.compileSeconds, signal, onLog };
    const compiled = await runStep(
      this.pod,
      {
        ...this.container(false),
        role: 'compile',
        image: await this.deps.images.builder(),
        command: ['/bin/bash', '-c', COMPILE_SCRIPT],
        env: {
          ...this.env(attempt),
          npm_config_nodedir: nodeBin(nodeMajor).replace(/\/bin$/, ''),
          npm_config_build_from_source: 'true',
          MAKEFLAGS: `-j${INSTALL_LIMITS.cpus}`,
        },
      },
      how,
    );
    const failed = judgeCompile(compiled, nodeMajor);
    if (failed !== null) return failed;
    const published = await runStep(
      this.pod,
      {
        ...this.container(true),
        role: 'publish',
        image: this.deps.images.sandbox,
        command: ['/bin/bash', '-c', PUBLISH_SCRIPT],
        env: this.env(attempt),
      },
      how,
    );
    return judgePublish(published) ?? this.installed(false, attempt.note === null ? [] : [attempt.note]);
  }

  private installed(fromCache: boolean, notes: Installed['notes']): Outcome<Installed> {
    return { ok: true, value: { cache: this.cache, fromCache, notes } };
  }

  private container(
    withCache: boolean,
  ): Omit<ContainerSpec, 'role' | 'image' | 'command' | 'env' | 'stdin' | 'output'> {
    const { memoryMb, cpus, pids } = INSTALL_LIMITS;
    return {
      workdir: INSTALL_DIR,
      uid: this.pod.uid('install'),
      mounts: [
        { volume: 'install', path: INSTALL_DIR, readOnly: false },
        ...(withCache ? [{ cache: this.cache, path: DEPS_DIR, readOnly: false } as const] : []),
      ],
      memoryMb,
      cpus,
      pids,
    };
  }

  private env({ note }: Attempt): Record<string, string> {
    return {
      ...managerEnv(this.plan.nodeMajor),
      NOTES: JSON.stringify(note === null ? [] : [note]),
      NONCE: randomBytes(6).toString('hex'),
      ARCH: process.arch,
    };
  }
}
