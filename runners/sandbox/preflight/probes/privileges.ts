import { look } from '../types.js';

const STATUS = `
const text = require('node:fs').readFileSync('/proc/self/status', 'utf8');
return Object.fromEntries(text.split('\\n').map((line) => line.split(':\\t')));
`;

/** A line of /proc/self/status must read so. */
const field = (id: string, title: string, name: string, expected: RegExp) =>
  look<Readonly<Record<string, string>>>(id, title, { script: STATUS }, (status, { engine }) => {
    const value = status[name];
    return value === undefined
      ? { holds: null, detail: `the runtime ${engine.runtime} does not tell ${name}` }
      : { holds: expected.test(value), detail: `${name} is ${value}` };
  });

export const capabilities = field('capabilities', 'No capability is held', 'CapEff', /^0+$/);
export const newPrivileges = field('new-privileges', 'No privilege can be gained', 'NoNewPrivs', /^1$/);
export const seccompMode = field('seccomp', 'System calls are filtered', 'Seccomp', /^2$/);

export const userIds = look<{ uid: number; gid: number; groups: readonly number[] }>(
  'user-ids',
  'Each pod has user ids of its own',
  { script: 'return { uid: process.getuid(), gid: process.getgid(), groups: process.getgroups() };' },
  ({ uid, gid, groups }, { here, there }) => {
    const given = uid === here.uid('service') && gid === uid && groups.every((group) => group === gid);
    const apart = there.uid('service') !== uid && here.uid('prober') !== uid;
    return {
      holds: uid !== 0 && given && apart,
      detail: `user ${uid}, group ${gid}; the other pod has ${there.uid('service')}`,
    };
  },
);

const PROCESSES = `
const fs = require('node:fs');
const ids = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name));
return ids.map((id) => fs.readFileSync('/proc/' + id + '/comm', 'utf8').trim());
`;
/** Its own program and the small first process. */
const EXPECTED = new Set(['node', 'docker-init', 'tini', 'catatonit']);

export const processes = look<readonly string[]>(
  'processes',
  'No process of others is in sight',
  { script: PROCESSES },
  (commands) => ({
    holds: commands.length <= 2 && commands.every((command) => EXPECTED.has(command)),
    detail: `in sight: ${commands.slice(0, 20).join(', ')}`,
  }),
);
