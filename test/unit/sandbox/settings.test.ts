import { describe, expect, test } from '@jest/globals';
import { Host } from '../../../runners/sandbox/host.js';
import { containerOptions, pauseOptions } from '../../../runners/sandbox/settings/container.js';
import { ALL_ABILITIES, missingAbility, type Abilities } from '../../../runners/sandbox/settings/quirks.js';
import { seccompProfile } from '../../../runners/sandbox/settings/seccomp.js';
import { SandboxError, type ContainerSpec } from '../../../runners/sandbox/types.js';

const around = {
  name: 'assayer-x',
  labels: { 'assayer.owner': 'team' },
  abilities: ALL_ABILITIES,
  runtime: undefined,
  hostCpus: 2,
};
const spec: ContainerSpec = {
  role: 'service',
  image: 'image',
  command: ['node', 'server.js'],
  env: { PORT: '3000' },
  workdir: '/work',
  uid: 20_000,
  mounts: [
    { volume: 'work', path: '/work', readOnly: false },
    { cache: { name: 'assayer-cache-a', remove: async () => undefined }, path: '/deps', readOnly: true },
  ],
  memoryMb: 256,
  cpus: 4,
  pids: 64,
  stdin: false,
  output: { kind: 'log', logKb: 64 },
};
const inPod = { ...around, pauseId: 'p', volumes: { work: 'assayer-x-work' } };

describe('a container', () => {
  const options = containerOptions(spec, inPod);
  const host = options.HostConfig!;

  test('is hardened whatever it runs', () => {
    expect(host).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      IpcMode: 'none',
      Privileged: false,
      PidsLimit: 64,
      Memory: 256 * 1024 ** 2,
      MemorySwap: 256 * 1024 ** 2,
      NetworkMode: 'container:p',
      LogConfig: { Type: 'none' },
    });
    expect(host.SecurityOpt).toContain('no-new-privileges');
    expect(host.Ulimits).toContainEqual({ Name: 'core', Soft: 0, Hard: 0 });
    expect(host).not.toHaveProperty('Binds');
    expect(host).not.toHaveProperty('Devices');
    expect(host).not.toHaveProperty('PortBindings');
    expect(options.User).toBe('20000:20000');
  });

  test('has the whole command line from the spec, none of it from the image', () => {
    expect([options.Entrypoint, options.Cmd]).toEqual([['node'], ['server.js']]);
  });

  test('asks for no more processors than the host has', () => {
    expect(host.NanoCpus).toBe(2e9);
  });

  test('mounts only volumes: those of its pod, and caches', () => {
    expect(host.Mounts).toMatchObject([
      {
        Type: 'volume',
        Source: 'assayer-x-work',
        Target: '/work',
        ReadOnly: false,
        VolumeOptions: { NoCopy: true },
      },
      {
        Type: 'volume',
        Source: 'assayer-cache-a',
        Target: '/deps',
        ReadOnly: true,
        VolumeOptions: { NoCopy: true },
      },
    ]);
    const unknown = { ...spec, mounts: [{ volume: 'other', path: '/x', readOnly: true }] };
    expect(() => containerOptions(unknown, inPod)).toThrow(/no volume named other/);
  });

  test('names a runtime only when one is set', () => {
    expect(host).not.toHaveProperty('Runtime');
    expect(containerOptions(spec, { ...inPod, runtime: 'runsc' }).HostConfig).toMatchObject({
      Runtime: 'runsc',
    });
  });
});

describe('the pause container', () => {
  const volumes = {
    work: { engineName: 'assayer-x-work', spec: { sizeMb: 8, inodes: 100, owner: 'prober' as const } },
  };

  test('has no network, and holds volumes with exact quotas and owners', () => {
    const { HostConfig: host } = pauseOptions('pause', 20_010, volumes, around);
    expect(host).toMatchObject({
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Dns: ['127.0.0.1'],
      DnsSearch: ['.'],
    });
    expect(host!.Mounts![0]!.VolumeOptions!.DriverConfig).toEqual({
      Name: 'local',
      Options: {
        type: 'tmpfs',
        device: 'tmpfs',
        o: 'size=8m,nr_inodes=100,uid=20011,gid=20011,mode=0755,nosuid,nodev',
      },
    });
  });

  test('does without IPv6 where the kernel has none', () => {
    const without = { ...around, abilities: { ...ALL_ABILITIES, ipv6: false } };
    expect(pauseOptions('pause', 20_010, {}, without).HostConfig).not.toHaveProperty('Sysctls');
  });
});

test('an engine’s complaint tells which ability it lacks, once', () => {
  const message = 'exec: "docker-init": executable file not found in $PATH';
  expect(missingAbility(ALL_ABILITIES, message)).toBe('init');
  expect(missingAbility({ ...ALL_ABILITIES, init: false }, message)).toBeNull();
  expect(missingAbility(ALL_ABILITIES, 'error setting rlimit type 7: operation not permitted')).toBe(
    'nofile',
  );
  expect(missingAbility(ALL_ABILITIES, 'invalid mount config')).toBeNull();
});

test('what an engine lacks is learnt once, and other failures are passed on', async () => {
  const host = new Host({ pauseImage: 'pause', owner: 'unit' });
  const tried: boolean[] = [];
  const start = async ({ init }: Abilities): Promise<string> => {
    tried.push(init);
    if (init) throw new SandboxError('internal', 'exec: "docker-init": executable file not found');
    return 'started';
  };
  expect(await host.withAbilities(start)).toBe('started');
  expect(await host.withAbilities(start)).toBe('started');
  expect(tried).toEqual([true, false, false]);
  const broken = new SandboxError('internal', 'something else');
  await expect(host.withAbilities(() => Promise.reject(broken))).rejects.toBe(broken);
});

describe('the filter of system calls', () => {
  const profile = JSON.parse(seccompProfile()) as {
    defaultAction: string;
    syscalls: { action: string; names: string[]; args?: unknown[] }[];
  };
  const allowed = new Set(
    profile.syscalls
      .filter(({ action, args }) => action === 'SCMP_ACT_ALLOW' && !args)
      .flatMap(({ names }) => names),
  );

  test('refuses what it does not name', () => {
    expect(profile.defaultAction).toBe('SCMP_ACT_ERRNO');
  });

  test.each([
    'unshare setns mount umount2 pivot_root chroot fsopen move_mount open_tree mount_setattr',
    'io_uring_setup io_uring_enter io_uring_register io_setup userfaultfd',
    'keyctl add_key request_key bpf perf_event_open ptrace process_vm_readv kcmp',
    'init_module finit_module kexec_load reboot swapon syslog acct quotactl',
    'open_by_handle_at name_to_handle_at fanotify_init clone3 modify_ldt iopl',
    'clone socket personality',
  ])('does not allow without condition: %s', (names) => {
    expect(names.split(' ').filter((name) => allowed.has(name))).toEqual([]);
  });

  test('names each call in one place, or in several with conditions', () => {
    const names = profile.syscalls.filter(({ args }) => !args).flatMap((rule) => rule.names);
    expect(names.length).toBe(new Set(names).size);
  });
});
