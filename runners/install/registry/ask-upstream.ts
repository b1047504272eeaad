import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Upstream } from './upstream.js';

const ANSWER_MS = 20_000;

/**
 * The status the upstream itself gives for a path. Verdaccio says 404 both for what does not exist and for what it could
 * not fetch; only the first may count against a submission. Rejects when there is no answer.
 */
export async function askUpstream(upstream: Upstream, path: string): Promise<number> {
  const url = new URL(
    path.replace(/^\//, ''),
    upstream.url.endsWith('/') ? upstream.url : `${upstream.url}/`,
  );
  const ca =
    upstream.caFile === null ? undefined : [...rootCertificates, await readFile(upstream.caFile, 'utf8')];
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { timeout: ANSWER_MS, headers: { accept: '*/*' }, ...(ca && { ca }) },
      (reply) => {
        resolve(reply.statusCode ?? 502);
        reply.destroy();
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`it did not answer for ${ANSWER_MS / 1000} seconds`)));
    asked.on('error', reject);
    asked.end();
  });
}
