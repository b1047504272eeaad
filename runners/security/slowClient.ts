import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { livesOn, option, succeeds } from './support.js';

const SLOW_CLIENTS = 60;
const HOLD_MS = 2500;
const FAST_ENOUGH_MS = 1500;
const TIMES_QUIET = 10;
const TWINS = 5;

/**
 * Clients that never finish their request keep nobody else waiting.
 * Options: `request(t)` a request that succeeds; `path` that takes a body by POST.
 */
export const slowClient: ProbeTemplate = {
  name: 'slow-client',
  defaults: {
    title: 'Slow clients keep nobody else waiting',
    topic: 'T9',
    practice: '9.7',
    level: 'mid',
    dimension: 'security',
    why: 'A few hundred half-open requests cost an attacker nothing and can occupy every worker.',
    remedy: 'Keep the server’s header and request timeouts on, and do no work before the body is complete.',
    questions: [
      {
        ask: 'What limits a client that sends one byte a second?',
        listenFor: 'headersTimeout, requestTimeout, a proxy in front, limits on connections.',
      },
    ],
  },
  async body(t, options) {
    const request = option<(t: CheckContext) => ProbeRequest>(options, 'request');
    const path = option<string>(options, 'path');
    // Beside a quiet request, since a busy machine is slow for both.
    const quiet = await succeeds(t, request(t), 'a request on its own');
    const limit = Math.round(Math.max(FAST_ENOUGH_MS, quiet.durationMs * TIMES_QUIET));
    const halves = ['POST', `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-`, bodyHalf(path)];
    const slow = Array.from({ length: SLOW_CLIENTS }, (_, index) =>
      t.http.raw(halves[index % halves.length] ?? '', { timeoutMs: HOLD_MS }).catch(() => ''),
    );
    await t.sleep(200);
    let slowest = 0;
    for (let i = 0; i < TWINS; i++) {
      const twin = await succeeds(t, request(t), `a request beside ${SLOW_CLIENTS} slow clients`);
      slowest = Math.max(slowest, Math.round(twin.durationMs));
    }
    t.measure('slowest answer beside slow clients', slowest, 'ms', `at most ${limit} ms`);
    must(slowest <= limit, `beside slow clients an answer took ${slowest} ms`, {
      expected: `at most ${limit} ms`,
      observed: `${slowest} ms`,
    });
    await Promise.all(slow);
    await livesOn(t, 'slow clients');
  },
};

const bodyHalf = (path: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"a":`;
