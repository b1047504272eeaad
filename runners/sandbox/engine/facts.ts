import type { EngineFacts } from '../types.js';
import { SandboxError } from '../types.js';
import type { Engine } from './engine.js';

/** The parts of the engine's /info that we read. */
interface Info {
  readonly Name: string;
  readonly ServerVersion: string;
  readonly CgroupVersion?: string;
  readonly DefaultRuntime: string;
  readonly Runtimes: Readonly<Record<string, unknown>>;
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly KernelVersion: string;
  readonly Architecture: string;
}

/** Two calls as dockerode has them; its types know neither the options nor the answer. */
interface Described {
  info(options: { abortSignal: AbortSignal }): Promise<Info>;
  version(options: { abortSignal: AbortSignal }): Promise<{ readonly ApiVersion: string }>;
}

/** Throws `SandboxError` when the engine does not answer, or has no such runtime. */
export async function readFacts(engine: Engine, runtime: string | undefined): Promise<EngineFacts> {
  const docker = engine.docker as unknown as Described;
  const [info, version] = await Promise.all([
    engine.call('describe itself', (abortSignal) => docker.info({ abortSignal })),
    engine.call('tell its version', (abortSignal) => docker.version({ abortSignal })),
  ]);
  if (runtime !== undefined && !(runtime in info.Runtimes)) {
    throw new SandboxError(
      'isolationBroken',
      `The container engine has no runtime named ${runtime} (it has ${Object.keys(info.Runtimes).join(', ')}): install it or change the setting.`,
    );
  }
  return {
    name: 'docker',
    version: info.ServerVersion,
    apiVersion: version.ApiVersion,
    cgroup: info.CgroupVersion === '2' ? 'v2' : 'v1',
    runtime: runtime ?? info.DefaultRuntime,
    cpus: info.NCPU,
    memoryMb: Math.floor(info.MemTotal / 1024 ** 2),
    kernel: info.KernelVersion,
    arch: info.Architecture,
  };
}
