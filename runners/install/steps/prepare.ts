import { posix } from 'node:path';
import { DEPS_DIR, LAUNCHER, nodeBin } from '../../sandbox/image.js';
import { SandboxError, type CacheVolume, type Sandbox } from '../../sandbox/types.js';
import type { InstallPlan, Outcome, PrepareWork } from '../types.js';
import { stopped } from '../verdicts.js';
import { forgetCache } from './cache.js';
import { unexpected } from './judge-install.js';
import { BUILD_MEMORY_MB, BUILD_TMP_MB, FILL_LIMITS } from './limits.js';
import { runStep, type StepEnd } from './run.js';
import { EXIT, FILL_SCRIPT } from './scripts.js';

const WORK = '/work';
const WORK_MOUNT = { volume: 'work', path: WORK, readOnly: false } as const;

export const prepareWork: PrepareWork = async (plan, archive, { cache }, pod, deps, options) => {
  const { seconds, ...limits } = FILL_LIMITS;
  const common = { image: deps.images.sandbox, env: buildEnv(plan), uid: pod.uid('service') };
  const filled = await runStep(
    pod,
    {
      ...common,
      ...limits,
      role: 'fill',
      command: ['/bin/bash', '-c', FILL_SCRIPT, 'fill', cache === null ? 'none' : 'deps'],
      workdir: WORK,
      mounts: [WORK_MOUNT, ...(cache === null ? [] : [{ cache, path: DEPS_DIR, readOnly: true }])],
    },
    { ...options, input: () => archive.open(), seconds },
  );
  const refused = judgeFill(filled, deps.sandbox, cache);
  if (refused !== null) return refused;
  if (plan.build === null) return { ok: true, value: undefined };

  const memoryMb = Math.max(options.memoryMb, BUILD_MEMORY_MB);
  const built = await runStep(
    pod,
    {
      ...common,
      role: 'build',
      command: [LAUNCHER, plan.build],
      workdir: posix.join(WORK, plan.root),
      mounts: [WORK_MOUNT],
      tmpfs: { '/tmp': BUILD_TMP_MB },
      memoryMb,
      cpus: options.cpus,
      pids: options.pids,
    },
    { ...options, input: null, seconds: options.buildSeconds },
  );
  return judgeBuild(built, memoryMb, options.buildSeconds) ?? { ok: true, value: undefined };
};

function buildEnv({ nodeMajor }: InstallPlan): Record<string, string> {
  return {
    PATH: `${nodeBin(nodeMajor)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: '/tmp',
    CI: '1',
    npm_config_update_notifier: 'false',
    npm_config_manage_package_manager_versions: 'false',
    npm_config_package_manager_strict: 'false',
    SKIP_YARN_COREPACK_CHECK: '1',
  };
}

function judgeFill(
  { exit, log, logTail }: StepEnd,
  sandbox: Sandbox,
  cache: CacheVolume | null,
): Outcome<never> | null {
  if (exit?.code === EXIT.done) return null;
  if (exit?.code === EXIT.notPublished && cache !== null) {
    forgetCache(sandbox, cache);
    throw new SandboxError('internal', 'The cache of installed packages was removed while it was in use.');
  }
  if (/No space left on device/i.test(log)) {
    const message =
      'The project and its dependencies need more space than the work directory has. Remove dependencies that the service does not need.';
    return stopped('installFailed', message, logTail);
  }
  throw unexpected('fill', exit?.code ?? -1, logTail);
}

function judgeBuild({ exit, logTail }: StepEnd, memoryMb: number, seconds: number): Outcome<never> | null {
  if (exit === null) {
    const message = `The build script did not end within ${seconds} seconds. Make it faster, and let it end by itself.`;
    return stopped('timedOut', message, logTail);
  }
  if (exit.oomKilled) {
    const message = `The build script needed more than ${memoryMb} MiB of memory. Make it need less.`;
    return stopped('outOfMemory', message, logTail);
  }
  if (exit.code === 0) return null;
  const message = `The build script failed with exit code ${exit.code}; the end of its output says why. Make sure that it works on a fresh clone, without a network.`;
  return stopped('buildFailed', message, logTail);
}
