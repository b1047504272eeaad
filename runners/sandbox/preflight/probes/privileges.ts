import type { Lab } from '../lab.js';
import type { Probe } from '../types.js';

interface Status {
  readonly fields: Readonly<Record<string, string>>;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Commands of all processes in sight. */
  readonly commands: readonly string[];
}

const STATUS = `
const fs = require('node:fs');
const fields = Object.fromEntries(fs.readFileSync('/proc/self/status', 'utf8').split('\\n').map((line) => line.split(':\\t')));
const commands = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map((pid) => fs.readFileSync('/proc/' + pid + '/comm', 'utf8').trim());
say({ fields, commands, uid: process.getuid(), gid: process.getgid(), groups: process.getgroups() });
`;

const status = (lab: Lab): Promise<Status> =>
  lab.once('status', async () => {
    const { said } = await lab.ask<Status>(STATUS);
    if (!said) throw new Error('the script gave no result');
    return said;
  });

/** A line of /proc/self/status must read so. */
const field = (id: string, title: string, name: string, holds: (value: string) => boolean): Probe => ({
  id,
  title,
  async try(lab) {
    const value = (await status(lab)).fields[name];
    if (value === undefined)
      return { holds: null, detail: `the runtime ${lab.engine.runtime} does not tell ${name}` };
    return { holds: holds(value), detail: `${name} is ${value}` };
  },
});

export const capabilities = field('capabilities', 'No capability is held', 'CapEff', (value) =>
  /^0+$/.test(value),
);
export const newPrivileges = field(
  'new-privileges',
  'No privilege can be gained',
  'NoNewPrivs',
  (value) => value === '1',
);
export const seccompMode = field('seccomp', 'System calls are filtered', 'Seccomp', (value) => value === '2');

export const userIds: Probe = {
  id: 'user-ids',
  title: 'Each pod has user ids of its own',
  async try(lab) {
    const { uid, gid, groups } = await status(lab);
    const expected = lab.here.uid('service');
    const alone = uid === expected && gid === expected && groups.every((group) => group === gid);
    const apart = lab.there.uid('service') !== uid && lab.here.uid('prober') !== uid;
    return {
      holds: uid !== 0 && alone && apart,
      detail: `user ${uid}, group ${gid}; the other pod has ${lab.there.uid('service')}`,
    };
  },
};

/** Its own program and the small first process. */
const EXPECTED = new Set(['node', 'docker-init', 'tini', 'catatonit']);

export const processes: Probe = {
  id: 'processes',
  title: 'No process of others is in sight',
  async try(lab) {
    const { commands } = await status(lab);
    const strange = commands.filter((command) => !EXPECTED.has(command));
    return {
      holds: strange.length === 0 && commands.length <= 2,
      detail: `in sight: ${commands.join(', ')}`,
    };
  },
};
