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

/** Throws `SandboxError` when the engine does not answer, or has no such runtime. */
export async function readFacts(engine: Engine, runtime: string | undefined): Promise<EngineFacts> {
  const [info, version] = await Promise.all([
    engine.call('describe itself', () => engine.docker.info() as Promise<Info>),
    engine.call('tell its version', () => engine.docker.version()),
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
