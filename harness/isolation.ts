import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname } from 'node:path';
import type { HostCheck, PreflightReport } from '../runners/sandbox/preflight/index.js';
import { runPreflight } from '../runners/sandbox/preflight/index.js';
import type { Sandbox } from '../runners/sandbox/types.js';
import type { Config } from './config.js';
import { AssayerError } from './errors.js';

/** Images, dependency caches and submissions need room. */
const MIN_FREE_GB = 2;
const MIN_MEMORY_MB = 1024;

/** The folder, or where it will be made: the doctor comes before anything else. */
const nearest = (dir: string): string => (existsSync(dir) ? dir : nearest(dirname(dir)));

/** What the host itself must offer. */
export const hostChecks = ({ stateDir }: Pick<Config, 'stateDir'>): HostCheck[] => [
  {
    id: 'disk',
    title: 'There is room on the disk',
    run: async () => {
      const { bavail, bsize } = await statfs(nearest(stateDir));
      const gb = (bavail * bsize) / 2 ** 30;
      return { holds: gb >= MIN_FREE_GB, detail: `${gb.toFixed(1)} GiB free, ${MIN_FREE_GB} needed` };
    },
  },
  {
    id: 'memory',
    title: 'There is memory for one service',
    run: async () => {
      const mb = Math.round(freemem() / 2 ** 20);
      return { holds: mb >= MIN_MEMORY_MB, detail: `${mb} MiB free, ${MIN_MEMORY_MB} needed` };
    },
  },
];

export const proveHost = (
  config: Pick<Config, 'stateDir'>,
  sandbox: Sandbox,
  images: { readonly sandbox: string },
): Promise<PreflightReport> => runPreflight(sandbox, images, hostChecks(config));

/**
 * Before the first run, and again after one that the host had no room for.
 * @throws AssayerError hostShort naming what there is too little of
 */
export async function requireRoom(config: Pick<Config, 'stateDir'>): Promise<void> {
  const results = await Promise.all(
    hostChecks(config).map(async ({ title, run }) => ({ title, ...(await run()) })),
  );
  const short = results.filter(({ holds }) => holds === false);
  if (short.length > 0) throw new AssayerError('hostShort', { reason: told(short) });
}

/** @throws AssayerError hostShort, or isolationBroken naming what does not hold */
export async function requireIsolation(
  config: Pick<Config, 'stateDir'>,
  sandbox: Sandbox,
  images: { readonly sandbox: string },
): Promise<void> {
  await requireRoom(config);
  const report = await runPreflight(sandbox, images, []);
  const broken = report.results.filter(({ holds }) => holds === false);
  if (!report.holds) throw new AssayerError('isolationBroken', { reason: told(broken) });
}

const told = (broken: readonly { readonly title: string; readonly detail: string }[]): string =>
  `${broken.map(({ title, detail }) => `${title} (${detail})`).join('; ')}.`;
