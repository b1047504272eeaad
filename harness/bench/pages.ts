import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerAddress } from '../cli/client/openapi-client.js';
import { DEMO_ASSESSMENT } from '../cli/demo/samples.js';
import type { Config } from '../config.js';
import { openServices } from '../embedded/index.js';
import { openStore } from '../store/database.js';
import { onPlatform } from './own-platform.js';
import { seedCopies } from './seed.js';
import { watchRun } from './viewers.js';

/** What a person who opens pages feels, with a large database and a grade under way. */
export interface PageFigures {
  /** By page: what travels for a first visit (page, styles, scripts) in KB, and the 95th percentile of the page's time, ms. */
  readonly pages: Readonly<Record<string, { readonly kb: number; readonly p95Ms: number }>>;
  readonly largestPageKb: number;
  readonly slowestP95Ms: number;
  readonly submissions: number;
  /** Who follow one run at the same time, and how many of them were told of its end. */
  readonly viewers: number;
  readonly viewersTold: number;
}

const VISITS = 40;

/** `config` names a state folder of its own. */
export const pageFigures = (
  config: Config,
  { submissions, viewers }: { submissions: number; viewers: number },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<PageFigures> =>
  onPlatform(config, say, signal, async ({ address, client, submit, heard }) => {
    const [first, second] = [await submit('mid'), await submit('junior')];
    say('two samples are being graded');
    for (const id of [first, second]) await heard(id, 'finished');
    await fill(config, first, submissions);
    say(`${submissions} submissions are in the database; another sample is graded`);
    const running = await submit('senior');
    await heard(running, 'started');
    const visited = async (): Promise<PageFigures['pages']> => {
      const pages = await visitAll(address, addresses(first, second, running), signal);
      const { run } = await client.submission(running, signal);
      if (run.state !== 'running') say('the grade was over before the pages were: the figures flatter');
      return pages;
    };
    const watched = watchRun(address, running, viewers, signal);
    const [viewersTold, pages] = await Promise.all([watched, visited()]);
    const all = Object.values(pages);
    return {
      pages,
      largestPageKb: Math.max(...all.map(({ kb }) => kb)),
      slowestP95Ms: Math.max(...all.map(({ p95Ms }) => p95Ms)),
      submissions,
      viewers,
      viewersTold,
    };
  });

const addresses = (first: string, second: string, running: string): Record<string, string> => ({
  assessments: '/assessments',
  assessment: `/assessments/${DEMO_ASSESSMENT}`,
  brief: `/assessments/${DEMO_ASSESSMENT}/brief`,
  checks: `/assessments/${DEMO_ASSESSMENT}/checks`,
  submissions: '/submissions',
  search: '/submissions?q=number+77&sort=name',
  'highest scores': '/submissions?state=done&sort=highest',
  'new submission': '/submissions/new',
  'live run': `/submissions/${running}/run`,
  scorecard: `/submissions/${first}`,
  comparison: `/compare?submission=${first}&submission=${second}`,
  workers: '/workers',
});

async function fill(config: Config, copied: string, count: number): Promise<void> {
  const services = await openServices(config, { start: false });
  const store = openStore({ url: services.databaseUrl, connections: 1 });
  try {
    await seedCopies(store, copied, count);
  } finally {
    await store.destroy();
  }
}

async function visitAll(
  { url, token }: ServerAddress,
  paths: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<PageFigures['pages']> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/html' };
  const times = new Map<string, number[]>();
  const sizes = new Map<string, number>();
  for (let visit = 0; visit < VISITS; visit += 1) {
    for (const [name, path] of Object.entries(paths)) {
      const start = performance.now();
      const answer = await fetch(`${url}${path}`, { headers, signal });
      const html = await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
      const travelled = Number(answer.headers.get('content-length'));
      if (!sizes.has(name)) sizes.set(name, travelled + (await weightOf(url, html)));
    }
    await sleep(50);
  }
  return Object.fromEntries(
    Object.keys(paths).map((name) => {
      const kb = Math.round((sizes.get(name) ?? 0) / 100) / 10;
      return [name, { kb, p95Ms: Math.round(percentile(times.get(name) ?? [], 0.95)) }];
    }),
  );
}

/** Bytes of the styles and scripts that the page names, as they travel. */
async function weightOf(url: string, html: string): Promise<number> {
  const paths = new Set(
    [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? ''),
  );
  let sum = 0;
  for (const path of paths) sum += await bytesOf(`${url}${path}`);
  return sum;
}

async function bytesOf(address: string): Promise<number> {
  const answer = await fetch(address, { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } });
  return Number(answer.headers.get('content-length') ?? 0);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
