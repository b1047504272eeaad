import { NO_RESULT, type Probe } from '../types.js';

const WRITE = `
const fs = require('node:fs');
const points = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\\n').map((line) => line.split(' ')[4]).filter(Boolean);
const folders = new Set(['/etc', '/usr', '/usr/bin', '/opt', '/var', '/var/tmp', '/home', '/root', '/deps', '/lib', ...points]);
const written = [...folders].filter((folder) => {
  try { fs.writeFileSync(folder + '/written', 'x', { flag: 'wx' }); return true; } catch { return false; }
});
const changed = ['/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/sys/kernel/mm/ksm/run'].filter((file) => {
  try { fs.closeSync(fs.openSync(file, 'r+')); return true; } catch { return false; }
});
say({ tried: folders.size, written: [...written, ...changed] });
`;

/** Message queues are memory of the container's own IPC namespace, with quotas of the kernel's. */
const MAY_WRITE = new Set(['/tmp', '/dev/mqueue']);

export const rootReadOnly: Probe = {
  id: 'root-read-only',
  title: 'Only given places can be written to',
  async try(lab) {
    const { said } = await lab.ask<{ tried: number; written: string[] }>(WRITE);
    if (!said) return NO_RESULT;
    const wrong = said.written.filter((folder) => !MAY_WRITE.has(folder));
    return wrong.length === 0
      ? { holds: true, detail: `${said.tried} folders tried; written: ${said.written.join(', ')}` }
      : { holds: false, detail: `could write to ${wrong.join(', ')}` };
  },
};

interface MountPoint {
  readonly target: string;
  readonly type: string;
  readonly readOnly: boolean;
}

const MOUNTS = `
const text = require('node:fs').readFileSync('/proc/self/mountinfo', 'utf8').trim();
say(text.split('\\n').map((line) => {
  const [left, right] = line.split(' - ');
  const [, , , , target, options] = left.split(' ');
  return { target, type: right.split(' ')[0], readOnly: options.split(',').includes('ro') };
}));
`;

/** File systems that hold no file of the host's. */
const OF_THE_KERNEL = new Set([
  'proc',
  'sysfs',
  'tmpfs',
  'devpts',
  'mqueue',
  'cgroup',
  'cgroup2',
  'devtmpfs',
]);
/** Files that engines make for each container, and their small first process. */
const OF_THE_ENGINE = /^\/(etc\/(resolv\.conf|hostname|hosts)|s?bin\/docker-init|dev\/init)$/;

export const mounts: Probe = {
  id: 'mounts',
  title: 'No folder of the host is mounted',
  async try(lab) {
    const { said } = await lab.ask<MountPoint[]>(MOUNTS);
    if (!said) return NO_RESULT;
    const foreign = said.filter(
      ({ target, type, readOnly }) =>
        target !== '/' && !OF_THE_KERNEL.has(type) && !(OF_THE_ENGINE.test(target) && readOnly),
    );
    return {
      holds: foreign.length === 0,
      detail:
        foreign.length === 0
          ? `${said.length} mounts, none of them the host's`
          : foreign.map(({ target, type }) => `${target} (${type})`).join(', '),
    };
  },
};

const DEVICES = `
const fs = require('node:fs');
const found = fs.readdirSync('/dev').filter((name) => {
  const stat = fs.lstatSync('/dev/' + name);
  return stat.isBlockDevice() || stat.isCharacterDevice();
});
const opened = input.filter((path) => { try { fs.closeSync(fs.openSync(path)); return true; } catch { return false; } });
say({ found, opened });
`;

const HARMLESS = new Set(['null', 'zero', 'full', 'random', 'urandom', 'tty', 'console']);
const DANGEROUS = [
  '/dev/mem',
  '/dev/kmsg',
  '/dev/kvm',
  '/dev/fuse',
  '/dev/vda',
  '/dev/sda',
  '/dev/nvme0n1',
  '/proc/kcore',
  '/proc/kmsg',
];

export const devices: Probe = {
  id: 'devices',
  title: 'Only harmless devices are there',
  async try(lab) {
    const { said } = await lab.ask<{ found: string[]; opened: string[] }>(DEVICES, { input: DANGEROUS });
    if (!said) return NO_RESULT;
    const strange = said.found.filter((name) => !HARMLESS.has(name));
    const wrong = [...strange, ...said.opened];
    return {
      holds: wrong.length === 0,
      detail: wrong.length === 0 ? said.found.join(', ') : `there is ${wrong.join(', ')}`,
    };
  },
};

const SOCKETS = `
const net = require('node:net');
const attempt = (path) => new Promise((resolve) => {
  const socket = net.connect(path);
  socket.on('connect', () => { socket.destroy(); resolve(path); }).on('error', () => resolve(null));
});
say((await Promise.all(input.map(attempt))).filter(Boolean));
`;

const ENGINE_SOCKETS = [
  'docker.sock',
  'docker/docker.sock',
  'containerd/containerd.sock',
  'podman/podman.sock',
].flatMap((path) => [`/run/${path}`, `/var/run/${path}`]);

export const engineSocket: Probe = {
  id: 'engine-socket',
  title: 'The container engine cannot be spoken to',
  async try(lab) {
    const { said } = await lab.ask<string[]>(SOCKETS, { input: ENGINE_SOCKETS });
    if (!said) return NO_RESULT;
    return {
      holds: said.length === 0,
      detail: said.length === 0 ? 'no socket of an engine is there' : `reached ${said.join(', ')}`,
    };
  },
};
