import { readFile, rm } from 'node:fs/promises';
import { serverFile } from './state-files.js';
import { writeWhole } from './write-whole.js';

const ANSWER_MS = 1000;

/**
 * Says in the state folder where this server is, for commands on this machine. What it gives takes that back: another
 * server of the folder that was named before, and still answers, is named again; one that came later stays named.
 */
export async function announce(stateDir: string, url: string): Promise<() => Promise<void>> {
  const file = serverFile(stateDir);
  const read = (): Promise<string | null> => readFile(file, 'utf8').catch(() => null);
  const former = await read();
  const own = JSON.stringify({ url });
  await writeWhole(file, own);
  return async () => {
    if ((await read()) !== own) return;
    if (former !== null && (await answers(former))) await writeWhole(file, former);
    else await rm(file, { force: true });
  };
}

async function answers(text: string): Promise<boolean> {
  try {
    const { url } = JSON.parse(text) as { url: string };
    return (await fetch(`${url}/livez`, { signal: AbortSignal.timeout(ANSWER_MS) })).ok;
  } catch {
    return false;
  }
}
