'use strict';
const { execFileSync } = require('node:child_process');
const { accessSync, constants, openSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { setPriority } = require('node:os');
const { attempt } = require('./attempts');

const status = Object.fromEntries(
  readFileSync('/proc/self/status', 'utf8').split('\n').map((line) => line.split(':\t')),
);
const caps = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];
const run = (...command) => execFileSync(command[0], command.slice(1), { stdio: 'pipe', timeout: 3000 });
const writable = (path) => accessSync(path, constants.W_OK) ?? path;

const escapes = () =>
  attempt({
    'has capabilities': () => caps.filter((name) => /[1-9a-f]/.test(status[name])).join(' ') || false,
    'may gain privileges': () => status.NoNewPrivs.trim() !== '1',
    'has no seccomp filter': () => status.Seccomp.trim() !== '2',
    'is root': () => process.getuid() === 0 || process.getgid() === 0,
    'is in the group of root': () => process.getgroups().includes(0),
    'became root': () => process.setuid(0) ?? 'setuid',
    'became group root': () => process.setgid(0) ?? 'setgid',
    'made a user namespace': () => run('unshare', '-Ur', 'true'),
    'mounted': () => run('mount', '-t', 'tmpfs', 'none', '/tmp'),
    'changed root': () => run('chroot', '/', 'true'),
    'made a device': () => run('mknod', '/tmp/device', 'b', '8', '0'),
    'read the kernel log': () => run('dmesg'),
    'opened the kernel log': () => openSync('/dev/kmsg', 'r'),
    'opened a device': () =>
      readdirSync('/dev').find((name) => {
        if (!/^(mem|port|kvm|fuse|sd|vd|nvme|loop|net)/.test(name)) return false;
        try {
          return openSync(`/dev/${name}`, 'r+') > 0;
        } catch {
          return false;
        }
      }),
    'raised its priority': () => setPriority(-10) ?? 'priority',
    'set a kernel parameter': () => writeFileSync('/proc/sys/kernel/core_pattern', '|/tmp/x') ?? 'core_pattern',
    'triggered the kernel': () => writeFileSync('/proc/sysrq-trigger', 'h') ?? 'sysrq',
    'may write to the control groups': () => writable('/sys/fs/cgroup'),
    'may write to the root': () => writable('/'),
    'may write to /etc': () => writable('/etc/passwd'),
    'may write to the programs': () => writable(process.execPath),
  });

require('./contract').serve({ escapes });
