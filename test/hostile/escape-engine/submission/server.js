'use strict';
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { attempt } = require('./attempts');

const SOCKETS = ['docker.sock', 'containerd/containerd.sock', 'podman/podman.sock', 'crio/crio.sock', 'buildkit/buildkitd.sock'];
/** Docker itself puts these files of the host into every container. */
const USUAL = ['/etc/resolv.conf', '/etc/hostname', '/etc/hosts', '/sbin/docker-init'];
const ENV = /ASSAYER|DOCKER|CONTAINERD|REDIS|DATABASE|PGHOST|AWS_|PASSWORD|GITHUB_TOKEN|NPM_TOKEN|SSH_/i;

const mounts = readFileSync('/proc/self/mountinfo', 'utf8').trim().split('\n');
const hostMount = (line) => {
  const [before, after] = line.split(' - ').map((part) => part.split(' '));
  return after[1].startsWith('/dev/') && !USUAL.includes(before[4]);
};
const environments = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      } catch {
        return [];
      }
    });
const list = (found) => found.join(', ') || false;

const escapes = () =>
  attempt({
    'found a socket of an engine': () =>
      list(SOCKETS.flatMap((name) => [`/run/${name}`, `/var/run/${name}`]).filter((path) => existsSync(path))),
    'found a folder of the host': () => list(mounts.filter(hostMount)),
    'found files of the host': () => list(['/host', '/hostfs', '/rootfs', '/var/lib/docker'].filter((path) => existsSync(path))),
    'found settings of the worker': () => list(environments().filter((entry) => ENV.test(entry.split('=')[0]))),
    'sees processes of others': () =>
      list(
        readdirSync('/proc')
          .filter((name) => /^\d+$/.test(name))
          .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
          .filter((line) => /jest|dockerd|prober|postgres|redis|verdaccio/.test(line)),
      ),
  });

require('./contract').serve({ escapes });
