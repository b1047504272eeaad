import { setMaxListeners } from 'node:events';
import { get } from 'node:http';
import type { ServerAddress } from '../cli/client/openapi-client.js';

/** Longest time for a run to end. */
const WATCH_MS = 10 * 60_000;

/** Opens that many event streams of one submission at once; resolves with how many of them were told of its end. */
export async function watchRun(
  { url, token }: ServerAddress,
  id: string,
  viewers: number,
  signal: AbortSignal,
): Promise<number> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(WATCH_MS)]);
  setMaxListeners(0, within);
  const watch = async (): Promise<number> => {
    const seen = await readToEnd(`${url}/api/v1/submissions/${id}/events`, token, within);
    return Number(/^event: finished$/m.test(seen));
  };
  const told = await Promise.all(Array.from({ length: viewers }, watch));
  return told.reduce((sum, one) => sum + one, 0);
}

/** A connection of its own for each viewer, as browsers of different people have. */
const readToEnd = (address: string, token: string, signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = get(
      address,
      { agent: false, headers: { authorization: `Bearer ${token}` }, signal },
      (answer) => {
        let tail = '';
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => (tail = (tail + text).slice(-4000)));
        answer.once('end', () => resolve(tail));
        answer.once('error', reject);
      },
    );
    request.once('error', reject);
  });
