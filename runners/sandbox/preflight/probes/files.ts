import { VOLUMES } from '../lab.js';
import { look } from '../types.js';

const WRITE = `
const fs = require('node:fs');
const works = (attempt) => { try { attempt(); return true; } catch { return false; } };
const points = fs.readFileSync('/proc/self/mountinfo', 'utf8').trim().split('\\n').map((line) => line.split(' ')[4]);
const folders = [...new Set([...input.folders, ...points])];
const written = folders.filter((folder) => works(() => fs.writeFileSync(folder + '/written', 'x', { flag: 'wx' })));
const settings = input.settings.filter((file) => works(() => fs.closeSync(fs.openSync(file, 'r+'))));
return { tried: folders.length + input.settings.length, written: [...written, ...settings] };
`;
const PLACES = {
  folders: '/etc /usr /usr/bin /opt /var /var/tmp /home /root /deps /lib'.split(' '),
  settings: ['/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/sys/kernel/mm/ksm/run'],
};
/** Message queues are memory of the container's own IPC namespace, with quotas of the kernel's. */
const MAY_WRITE = new Set(['/tmp', '/dev/mqueue', ...Object.keys(VOLUMES).map((name) => `/${name}`)]);

export const rootReadOnly = look<{ tried: number; written: readonly string[] }>(
  'root-read-only',
  'Only given places can be written to',
  { script: WRITE, input: PLACES },
  ({ tried, written }) => {
    const wrong = written.filter((place) => !MAY_WRITE.has(place));
    return wrong.length === 0
      ? { holds: true, detail: `${tried} places tried; written: ${written.join(', ')}` }
      : { holds: false, detail: `could write to ${wrong.join(', ')}` };
  },
);

interface MountPoint {
  readonly target: string;
  readonly type: string;
  readonly readOnly: boolean;
}

const MOUNTS = `
const text = require('node:fs').readFileSync('/proc/self/mountinfo', 'utf8').trim();
return text.split('\\n').map((line) => {
  const [left, right] = line.split(' - ');
  const [, , , , target, options] = left.split(' ');
  return { target, type: right.split(' ')[0], readOnly: options.split(',').includes('ro') };
});
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

export const mounts = look<readonly MountPoint[]>(
  'mounts',
  'No folder of the host is mounted',
  { script: MOUNTS },
  (points) => {
    const foreign = points.filter(
      ({ target, type, readOnly }) =>
        target !== '/' && !OF_THE_KERNEL.has(type) && !(OF_THE_ENGINE.test(target) && readOnly),
    );
    return foreign.length === 0
      ? { holds: true, detail: `${points.length} mounts, none of them the host's` }
      : { holds: false, detail: foreign.map(({ target, type }) => `${target} (${type})`).join(', ') };
  },
);

/** Engines hide a file of the kernel's by putting the null device over it. */
const DEVICES = `
const fs = require('node:fs');
const isDevice = (stat) => stat.isBlockDevice() || stat.isCharacterDevice();
const isNull = (stat) => stat.isCharacterDevice() && stat.rdev === 0x103;
const opens = (path) => {
  const file = fs.openSync(path);
  try { return !isNull(fs.fstatSync(file)); } finally { fs.closeSync(file); }
};
const opened = input.filter((path) => { try { return opens(path); } catch { return false; } });
return { found: fs.readdirSync('/dev').filter((name) => isDevice(fs.lstatSync('/dev/' + name))), opened };
`;
const HARMLESS = new Set(['null', 'zero', 'full', 'random', 'urandom', 'tty', 'console']);
const DANGEROUS = [
  ...['mem', 'kmsg', 'kvm', 'fuse', 'vda', 'sda', 'nvme0n1'].map((name) => `/dev/${name}`),
  ...['kcore', 'kmsg', 'sched_debug'].map((name) => `/proc/${name}`),
];

export const devices = look<{ found: readonly string[]; opened: readonly string[] }>(
  'devices',
  'Only harmless devices are there',
  { script: DEVICES, input: DANGEROUS },
  ({ found, opened }) => {
    const wrong = [...found.filter((name) => !HARMLESS.has(name)), ...opened];
    return wrong.length === 0
      ? { holds: true, detail: found.join(', ') }
      : { holds: false, detail: `there is ${wrong.join(', ')}` };
  },
);

const SOCKETS = `
const net = require('node:net');
const attempt = (path) => new Promise((resolve) => {
  const socket = net.connect(path);
  socket.on('connect', () => { socket.destroy(); resolve(path); }).on('error', () => resolve(null));
});
return (await Promise.all(input.map(attempt))).filter(Boolean);
`;
const ENGINE_SOCKETS = [
  'docker.sock',
  'containerd/containerd.sock',
  'podman/podman.sock',
  'crio/crio.sock',
].flatMap((path) => [`/run/${path}`, `/var/run/${path}`]);

export const engineSocket = look<readonly string[]>(
  'engine-socket',
  'The container engine cannot be spoken to',
  { script: SOCKETS, input: ENGINE_SOCKETS },
  (reached) =>
    reached.length === 0
      ? { holds: true, detail: 'no socket of an engine is there' }
      : { holds: false, detail: `reached ${reached.join(', ')}` },
);
