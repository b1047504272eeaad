import { tinyProgram, type SystemCall } from '../tiny-program.js';
import { look } from '../types.js';

const NEW_USER = 0x1000_0000;
const NEW_NET = 0x4000_0000;
const NEW_MOUNTS = 0x2_0000;
const CHILD_SIGNAL = 17;
/** Numbers with this bit belong to a second 64-bit interface that filters tend to forget. */
const X32 = 0x4000_0000;

const call = (number: number, ...args: number[]): SystemCall => ({ number, args });

const COMPAT = 'a 32-bit call';

/** Calls that candidate code must not make, with arguments that would go through, or fail otherwise, if it could. */
const REFUSED: Readonly<Record<string, SystemCall>> = {
  'unshare(user)': call(272, NEW_USER),
  'unshare(network)': call(272, NEW_NET),
  'unshare(mounts)': call(272, NEW_MOUNTS),
  'clone(user)': call(56, NEW_USER | CHILD_SIGNAL, 0, 0, 0, 0),
  clone3: call(435, 0, 0),
  setns: call(308, 0, 0),
  mount: call(165, 0, 0, 0, 0, 0),
  umount2: call(166, 0, 0),
  pivot_root: call(155, 0, 0),
  chroot: call(161, 0),
  fsopen: call(430, 0, 0),
  open_tree: call(428, -100, 0, 0),
  mount_setattr: call(442, 0, 0, 0, 0, 0),
  io_uring_setup: call(425, 1, 0),
  io_uring_enter: call(426, 0, 0, 0, 0, 0),
  io_uring_register: call(427, 0, 0, 0, 0),
  io_setup: call(206, 1, 0),
  keyctl: call(250, 0, -3, 0),
  add_key: call(248, 0, 0, 0, 0, 0),
  request_key: call(249, 0, 0, 0, 0),
  bpf: call(321, 0, 0, 0),
  perf_event_open: call(298, 0, 0, -1, -1, 0),
  userfaultfd: call(323, 1),
  ptrace: call(101, 0, 0, 0, 0),
  process_vm_readv: call(310, 1, 0, 0, 0, 0, 0),
  pidfd_getfd: call(438, 0, 0, 0),
  kcmp: call(312, 1, 1, 0, 0, 0),
  init_module: call(175, 0, 0, 0),
  finit_module: call(313, -1, 0, 0),
  kexec_load: call(246, 0, 0, 0, 0),
  reboot: call(169, 0, 0, 0, 0),
  swapon: call(167, 0, 0),
  acct: call(163, 0),
  syslog: call(103, 10, 0, 0),
  quotactl: call(179, 0, 0, 0, 0),
  sethostname: call(170, 0, 0),
  settimeofday: call(164, 0, 0),
  iopl: call(172, 0),
  modify_ldt: call(154, 0, 0, 0),
  name_to_handle_at: call(303, -100, 0, 0, 0, 0),
  open_by_handle_at: call(304, -1, 0, 0),
  fanotify_init: call(300, 0, 0),
  memfd_secret: call(447, 0),
  'personality(no randomisation)': call(135, 0x4_0000),
  'socket(virtual machine)': call(41, 40, 1, 0),
  'socket(kernel crypto)': call(41, 38, 5, 0),
  'socket(raw packets)': call(41, 17, 3, 0),
  'socket(generic netlink)': call(41, 16, 3, 16),
  [COMPAT]: { number: 20, compat: true },
  'an x32 call': call(39 + X32),
};

/** Shows that the method works: this one must go through. */
const GETUID = call(102);

/** EPERM and ENOSYS. */
const REFUSALS = new Set(['1', '38', 'SIGSYS']);
/** A kernel that was built or started without 32-bit calls has no entrance for them. */
const NO_ENTRANCE = 'SIGSEGV';
const isRefused = (name: string, result = ''): boolean =>
  REFUSALS.has(result) || (name === COMPAT && result === NO_ENTRANCE);

const TRY = `
const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
return input.map((program, index) => {
  const path = '/tmp/program' + index;
  fs.writeFileSync(path, Buffer.from(program, 'base64'), { mode: 0o755 });
  const { status, signal, error } = spawnSync(path);
  fs.rmSync(path);
  return error ? error.code : String(signal ?? status);
});
`;

const NAMES = Object.keys(REFUSED);
const PROGRAMS = [GETUID, ...Object.values(REFUSED)].map((one) => tinyProgram(one).toString('base64'));

export const systemCalls = look<readonly string[]>(
  'system-calls',
  'Dangerous system calls are refused',
  { script: TRY, input: PROGRAMS },
  ([control, ...results], { engine: { arch, runtime } }) => {
    if (arch !== 'x86_64')
      return { holds: null, detail: `there are test programs for x86_64 only, and this is ${arch}` };
    if (runtime.startsWith('runsc')) return { holds: null, detail: `${runtime} serves system calls itself` };
    if (control !== '0')
      return { holds: false, detail: `the test programs do not run (${control}), so nothing is proved` };
    const passed = NAMES.filter((name, index) => !isRefused(name, results[index]));
    return passed.length === 0
      ? { holds: true, detail: `${NAMES.length} tried, all refused` }
      : { holds: false, detail: `not refused: ${passed.join(', ')}` };
  },
);
