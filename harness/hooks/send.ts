import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { reasonOf } from '../errors.js';
import type { Due } from '../store/hooks.js';
import type { TrustedHosts } from './address.js';
import { guardedLookup, urlFault } from './address.js';

/** What the other side made of a message. */
export interface Answer {
  readonly delivered: boolean;
  /** It says that it is gone for good. */
  readonly gone: boolean;
  readonly words: string;
}

const TIMEOUT_MS = 10_000;

/** Sends one message, signed. Follows no redirect, reads no body, and waits no longer than ten seconds for all of it. */
export async function send({ id, url, secret, body }: Due, trusted: TrustedHosts): Promise<Answer> {
  // The settings may have changed since it was entered.
  const fault = urlFault(url, trusted);
  if (fault !== null) return { delivered: false, gone: false, words: fault };
  const text = JSON.stringify(body);
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'user-agent': 'Assayer',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, text),
  };
  try {
    const status = await post(new URL(url), headers, text, trusted);
    return { delivered: status >= 200 && status < 300, gone: status === 410, words: `answered ${status}` };
  } catch (error) {
    return { delivered: false, gone: false, words: reasonOf(error).slice(0, 200) };
  }
}

function post(
  url: URL,
  headers: Record<string, string | number>,
  text: string,
  trusted: TrustedHosts,
): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, lookup: guardedLookup(trusted), agent: false, signal };
    const req = request(url, options, (res) => {
      resolve(res.statusCode ?? 0);
      res.destroy();
    });
    // Node gives the connection of a 101 away and takes the request for done: the deadline would not reach it any more.
    req.once('upgrade', (res, socket) => {
      resolve(res.statusCode ?? 0);
      socket.destroy();
    });
    req.on('error', (error) => reject(signal.aborted ? new Error('no answer within 10 s') : error));
    req.end(text);
  });
}
