import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Site } from './material.js';

/** On a thread of its own: making bombs keeps a processor busy for seconds, and gradings go on beside it. */
const CODE = `
const { workerData } = require('node:worker_threads');
import(workerData.module).then(({ default: generate }) => generate(workerData.site));
`;

/** Runs a fixture's `generate.ts`, if it has one. */
export async function generate(fixture: string, site: Site): Promise<void> {
  const module = new URL(`../${fixture}/generate.js`, import.meta.url);
  if (!existsSync(module)) return;
  const worker = new Worker(CODE, { eval: true, workerData: { module: module.href, site } });
  await once(worker, 'exit');
}
