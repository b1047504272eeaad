import { NO_RESULT, type Probe } from '../types.js';

const ALLOWED = 0.2;

/** Works without rest for a while, then tells its share of a processor and how often the kernel made it wait. */
const SPIN = `
const fs = require('node:fs');
const [from, before] = [performance.now(), process.cpuUsage()];
while (performance.now() - from < 500);
const { user, system } = process.cpuUsage(before);
const share = (user + system) / 1000 / (performance.now() - from);
const file = ['', '/cpu', '/cpu,cpuacct'].map((folder) => '/sys/fs/cgroup' + folder + '/cpu.stat').find(fs.existsSync);
const throttled = file ? Number(/nr_throttled (\\d+)/.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? NaN) : NaN;
say({ share, throttled });
`;

export const cpuLimit: Probe = {
  id: 'cpu-limit',
  title: 'Processor time is limited',
  async try(lab) {
    const { said } = await lab.ask<{ share: number; throttled: number | null }>(SPIN, {
      change: { cpus: ALLOWED },
    });
    if (!said) return NO_RESULT;
    const detail = `${said.share.toFixed(2)} of a processor used with ${ALLOWED} allowed`;
    if (said.share > 2 * ALLOWED) return { holds: false, detail };
    if (said.throttled === 0)
      return { holds: null, detail: 'this machine is too busy to give as much as the limit' };
    return {
      holds: true,
      detail: `${detail}; the kernel made it wait ${said.throttled ?? 'an unknown number of'} times`,
    };
  },
};
