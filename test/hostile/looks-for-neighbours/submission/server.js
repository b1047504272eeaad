'use strict';
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { attempt } = require('./attempts');

const DECLARED = [Number(process.env.PORT), Number(new URL(process.env.REGISTRY_URL).port)];
const LISTENING = '0A';

/** The kernel lists all sockets of the namespace, whoever they belong to. */
function listening(table) {
  const rows = readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1);
  const ports = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state]) => state === LISTENING)
    .map(([, local]) => Number.parseInt(local.split(':')[1], 16));
  return ports.filter((port) => !DECLARED.includes(port)).join() || false;
}

const foreign = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statSync(`/proc/${name}`).uid !== process.getuid())
    .map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
    .join() || false;
const rows = (path) => existsSync(path) && (readFileSync(path, 'utf8').trim().split('\n').slice(1).join() || false);

const escapes = () =>
  attempt({
    'something undeclared listens': () => listening('tcp'),
    'something undeclared listens on IPv6': () => listening('tcp6'),
    'something receives datagrams': () => rows('/proc/net/udp'),
    'sees processes of another user': foreign,
    'sees shared memory': () => rows('/proc/sysvipc/shm'),
    'sees semaphores': () => rows('/proc/sysvipc/sem'),
    'sees message queues': () => rows('/proc/sysvipc/msg'),
    'sees files in shared memory': () => existsSync('/dev/shm') && (readdirSync('/dev/shm').join() || false),
  });

require('./contract').serve({ escapes });
