import type { Lab } from '../lab.js';
import { VOLUMES } from '../lab.js';
import { NO_RESULT, type Answer, type Probe } from '../types.js';

const MIB = 1024 ** 2;

const HOG = 'const all = []; for (let i = 0; i < 64; i++) all.push(Buffer.alloc(8e6, 1)); say(all.length);';

export const memoryLimit: Probe = {
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
const children = [];
let error = null;
for (let i = 0; i < input && !error; i++) {
  const child = spawn('sleep', ['5'], { stdio: 'ignore' });
  child.on('error', (e) => { error = e.code; });
  if (child.pid) children.push(child);
  await new Promise(setImmediate);
}
say({ children: children.length, error });
process.exit();
`;
const PIDS = 40;

export const pidsLimit: Probe = {
  id: 'pids-limit',
  title: 'The number of processes is limited',
  async try(lab) {
    const trial = { input: 2 * PIDS, change: { pids: PIDS } };
    const { said } = await lab.ask<{ children: number; error: string | null }>(FORK, trial);
    if (!said) return NO_RESULT;
    return {
      holds: said.error === 'EAGAIN' && said.children < PIDS,
      detail: `${said.children} children started with ${PIDS} tasks allowed, then ${said.error ?? 'no refusal'}`,
    };
  },
};

const OPEN = `
const fs = require('node:fs');
const held = [];
let error = null;
while (!error && held.length < input) try { held.push(fs.openSync('/dev/null')); } catch (e) { error = e.code; }
say({ held: held.length, error });
`;

export const openFiles: Probe = {
  id: 'open-files',
  title: 'The number of open files is limited',
  async try(lab) {
    const { said } = await lab.ask<{ held: number; error: string | null }>(OPEN, { input: 10_000 });
    if (!said) return NO_RESULT;
    return {
      holds: said.error === 'EMFILE',
      detail: `${said.held} opened, then ${said.error ?? 'no refusal'}`,
    };
  },
};

interface Filled {
  readonly bytes: number;
  readonly files: number;
  readonly error: string | null;
}

/** Fills a folder with files of the size given until it is refused. */
const FILL = `
const fs = require('node:fs');
const block = Buffer.alloc(input.blockBytes, 1);
let files = 0, error = null;
while (!error && files < 1000) try { fs.writeFileSync(input.folder + '/' + files, block); files++; } catch (e) { error = e.code; }
say({ bytes: files * block.length, files, error });
`;

const fill = async (
  lab: Lab,
  folder: string,
  blockBytes: number,
  volume?: keyof typeof VOLUMES,
): Promise<Filled> => {
  const { said } = await lab.ask<Filled>(FILL, {
    input: { folder, blockBytes },
    change: volume
      ? { mounts: [{ volume, path: folder, readOnly: false }] }
      : { tmpfs: { '/tmp': VOLUMES.bytes.sizeMb } },
  });
  return said ?? { bytes: 0, files: 0, error: 'no result' };
};

const bounded = ({ bytes, files, error }: Filled, maxBytes: number, maxFiles: number): Answer => ({
  holds: error === 'ENOSPC' && bytes <= maxBytes && files <= maxFiles,
  detail: `${files} files with ${bytes} bytes written, then ${error ?? 'no refusal'}`,
});

export const volumeBytes: Probe = {
  id: 'volume-bytes',
  title: 'Volumes hold no more bytes than given',
  try: async (lab) =>
    bounded(await fill(lab, '/filled', 65_536, 'bytes'), VOLUMES.bytes.sizeMb * MIB, VOLUMES.bytes.inodes),
};

export const volumeFiles: Probe = {
  id: 'volume-files',
  title: 'Volumes hold no more files than given',
  try: async (lab) => bounded(await fill(lab, '/filled', 1, 'files'), MIB, VOLUMES.files.inodes),
};

export const tmpQuota: Probe = {
  id: 'tmp',
  title: 'Scratch space is limited',
  try: async (lab) => bounded(await fill(lab, '/tmp', 65_536), VOLUMES.bytes.sizeMb * MIB, 1000),
};
