import { NO_RESULT, type Trial } from '../types.js';

const HOG = 'const all = []; for (let i = 0; i < 64; i++) all.push(Buffer.alloc(8e6, 1)); say(all.length);';

export const memoryLimit: Trial = {
  id: 'memory-limit',
  title: 'Memory is limited, and its want is noticed',
  async try(lab) {
    const { code, oomKilled } = await lab.ask(HOG, { change: { memoryMb: 96 } });
    return {
      holds: oomKilled && code !== 0,
      detail: `500 MB asked for with 96 MiB allowed: exit code ${code}, ${oomKilled ? 'killed for want of memory' : 'not killed'}`,
    };
  },
};

const FORK = `
const { spawn } = require('node:child_process');
let children = 0, error = null;
for (let i = 0; i < input && !error; i++) {
  const child = spawn('sleep', ['5'], { stdio: 'ignore' });
  child.on('error', (e) => { error = e.code; });
  if (child.pid) children++;
  await new Promise(setImmediate);
}
say({ children, error });
process.exit();
`;
const PIDS = 40;

export const pidsLimit: Trial = {
  id: 'pids-limit',
  title: 'The number of processes is limited',
  async try(lab) {
    const setup = { input: 2 * PIDS, change: { pids: PIDS } };
    const { said } = await lab.ask<{ children: number; error: string | null }>(FORK, setup);
    if (!said) return NO_RESULT;
    return {
      holds: said.error === 'EAGAIN' && said.children < PIDS,
      detail: `${said.children} children started with ${PIDS} tasks allowed, then ${said.error ?? 'no refusal'}`,
    };
  },
};

const CPUS = 0.2;
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

export const cpuLimit: Trial = {
  id: 'cpu-limit',
  title: 'Processor time is limited',
  async try(lab) {
    const { said } = await lab.ask<{ share: number; throttled: number | null }>(SPIN, {
      change: { cpus: CPUS },
    });
    if (!said) return NO_RESULT;
    const detail = `${said.share.toFixed(2)} of a processor used with ${CPUS} allowed`;
    if (said.share > 2 * CPUS) return { holds: false, detail };
    if (said.throttled === 0)
      return { holds: null, detail: 'this machine is too busy to give as much as the limit' };
    return { holds: true, detail: `${detail}; the kernel made it wait ${said.throttled ?? '?'} times` };
  },
};
