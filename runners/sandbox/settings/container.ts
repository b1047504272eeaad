import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { LABEL, type Labels } from '../identity/labels.js';
import type { ContainerSpec, VolumeSpec } from '../types.js';
import { uidOf, type UidBlock } from '../identity/uids.js';
import { hardening } from './hardening.js';
import { containerMounts, heldVolume, HELD_AT } from './mounts.js';
import type { Abilities } from './quirks.js';

const MIB = 1024 ** 2;
/** `/tmp`, unless the spec gives it another size. */
const TMP_MB = 64;
const PAUSE_MEMORY_MB = 32;
/** Should the host itself run out of memory, candidates' programs go first. */
const FIRST_TO_GO = 800;

/** What the engine and the pod add to a spec. */
export interface Surroundings {
  readonly name: string;
  readonly labels: Labels;
  readonly abilities: Abilities;
  readonly runtime: string | undefined;
  /** Processors of the engine's host: asking for more is an error there. */
  readonly hostCpus: number;
}

export function containerOptions(
  spec: ContainerSpec,
  around: Surroundings & { readonly pauseId: string; readonly volumes: Readonly<Record<string, string>> },
): ContainerCreateOptions {
  return {
    ...identity(around, spec.role, spec.image, spec.uid),
    // The whole command line: an image's own entrypoint must not come into it.
    Entrypoint: spec.command.slice(0, 1),
    Cmd: spec.command.slice(1),
    Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    WorkingDir: spec.workdir,
    AttachStdin: spec.stdin,
    OpenStdin: spec.stdin,
    StdinOnce: spec.stdin,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...hardening(around.abilities, around.runtime),
      NetworkMode: `container:${around.pauseId}`,
      Init: around.abilities.init,
      Mounts: containerMounts(spec.mounts, around.volumes),
      Tmpfs: scratch({ '/tmp': TMP_MB, ...spec.tmpfs }),
      ...memory(spec.memoryMb),
      PidsLimit: spec.pids,
      NanoCpus: Math.round(Math.min(spec.cpus, around.hostCpus) * 1e9),
      ...(spec.cpuset === undefined ? {} : { CpusetCpus: spec.cpuset }),
      OomScoreAdj: FIRST_TO_GO,
    },
  };
}

/** The pause container: the only one with a namespace of its own, which has a loopback interface and nothing else. */
export function pauseOptions(
  image: string,
  uids: UidBlock,
  volumes: Readonly<Record<string, { readonly engineName: string; readonly spec: VolumeSpec }>>,
  around: Surroundings,
): ContainerCreateOptions {
  return {
    ...identity(around, 'pause', image, uidOf(uids, 'pause')),
    Hostname: 'sandbox',
    HostConfig: {
      ...hardening(around.abilities, around.runtime),
      NetworkMode: 'none',
      // Otherwise the host's own servers are copied in, and a look-up waits for them; and so are its domains, which are nobody's business.
      Dns: ['127.0.0.1'],
      DnsSearch: ['.'],
      Mounts: Object.entries(volumes).map(([name, { engineName, spec }]) =>
        heldVolume(engineName, `${HELD_AT}/${name}`, spec, uidOf(uids, spec.owner), around.labels),
      ),
      ...(around.abilities.ipv6 ? { Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '0' } } : {}),
      ...memory(PAUSE_MEMORY_MB),
      PidsLimit: 8,
    },
  };
}

function identity({ name, labels }: Surroundings, role: string, image: string, uid: number) {
  return {
    name,
    Image: image,
    User: `${uid}:${uid}`,
    Labels: { ...labels, [LABEL.role]: role },
    Healthcheck: { Test: ['NONE'] },
  };
}

/** Without a swap limit the engine would allow as much swap again. */
const memory = (mb: number): Pick<HostConfig, 'Memory' | 'MemorySwap'> => ({
  Memory: Math.round(mb * MIB),
  MemorySwap: Math.round(mb * MIB),
});

function scratch(sizesMb: Readonly<Record<string, number>>): Record<string, string> {
  const options = (mb: number) => `rw,exec,nosuid,nodev,size=${mb}m,nr_inodes=${mb * 256},mode=1777`;
  return Object.fromEntries(Object.entries(sizesMb).map(([path, mb]) => [path, options(mb)]));
}
