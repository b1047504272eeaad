import type { Logger } from 'pino';
import { startLoop } from '../queue/loop.js';
import type { EraseDeps } from './erase.js';
import { eraseOverdue } from './erase.js';
import { workOnRegrades } from './regrade/work.js';
import type { SimilarityDeps } from './similarity/index.js';
import { readNewCode } from './similarity/index.js';

export interface ChoreDeps extends EraseDeps, SimilarityDeps {
  readonly log: Logger;
}

/** What has to be done now and then beside grading. Any number of processes may: rows are locked. */
export interface Chores {
  /** A regrade was begun or promoted: see to it now. */
  poke(): void;
  close(): Promise<void>;
}

const REGRADE_MS = 2000;
const READ_CODE_MS = 10_000;
const RETENTION_MS = 600_000;
const READ_BATCH = 10;
const ERASE_BATCH = 100;

export function startChores(deps: ChoreDeps): Chores {
  const { log } = deps;
  const regrades = startLoop('regrades', REGRADE_MS, () => whileThereIs(() => workOnRegrades(deps)), log);
  const loops = [
    regrades,
    startLoop('read code', READ_CODE_MS, async () => void (await readNewCode(deps, READ_BATCH)), log),
    startLoop('retention', RETENTION_MS, () => retention(deps), log),
  ];
  return {
    poke: regrades.poke,
    close: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
  };
}

async function retention(deps: ChoreDeps): Promise<void> {
  await whileThereIs(async () => {
    const erased = await eraseOverdue(deps, ERASE_BATCH);
    if (erased > 0) deps.log.info({ submissions: erased }, 'erased, as the policy of retention says');
    return erased;
  });
}

async function whileThereIs(work: () => Promise<number>): Promise<void> {
  while ((await work()) > 0);
}
