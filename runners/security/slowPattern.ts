import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { livesOn, option, send, succeeds } from './support.js';

const FAST_ENOUGH_MS = 1000;
const TIMES_QUIET = 10;
/** Each makes a common kind of careless pattern try exponentially or quadratically many ways. */
const STRINGS = [
  `${'a'.repeat(40)}!`,
  `${'a'.repeat(5000)}\u0001`,
  `${' '.repeat(5000)}x`,
  `${'a.'.repeat(40)}@`,
  `a@${'a.'.repeat(2000)}`,
  `${'/'.repeat(5000)}x`,
  `${'-'.repeat(5000)}\n`,
  `${'1'.repeat(5000)}e`,
];

/**
 * Strings made to trip careless patterns are answered quickly.
 * Options: `request(t, value)` a request with that value where free text is checked; `benign(t)` a good value.
 */
export const slowPattern: ProbeTemplate = {
  name: 'slow-pattern',
  defaults: {
    title: 'No input makes a pattern run for seconds',
    topic: 'T9',
    practice: '9.7',
    level: 'senior',
    dimension: 'security',
    why: 'One request that keeps a regular expression busy stops a single-threaded service for everyone.',
    remedy: 'Limit lengths before matching, and use patterns without nested repetition.',
    questions: [
      {
        ask: 'How do you recognise a pattern that backtracks without end?',
        listenFor: 'Nested or overlapping quantifiers; length limits; linear-time engines.',
      },
    ],
  },
  async body(t, options) {
    const request = option<(t: CheckContext, value: string) => ProbeRequest>(options, 'request');
    const benign = option<(t: CheckContext) => string>(options, 'benign');
    // Beside a quiet request, since a busy machine is slow for both.
    const quiet = await succeeds(t, request(t, benign(t)), 'the benign twin');
    const limit = Math.round(Math.max(FAST_ENOUGH_MS, quiet.durationMs * TIMES_QUIET));
    let slowest = 0;
    for (const value of STRINGS) {
      const response = await send(t, request(t, value), 'a string made to be slow');
      slowest = Math.max(slowest, Math.round(response.durationMs));
      must(response.status < 500, `a long string caused a server error: status ${response.status}`);
      if (slowest > limit) break;
    }
    t.measure('slowest answer', slowest, 'ms', `at most ${limit} ms`);
    must(slowest <= limit, `a string made to be slow took ${slowest} ms`, {
      expected: `at most ${limit} ms`,
      observed: `${slowest} ms`,
    });
    await livesOn(t, 'long strings');
    await succeeds(t, request(t, benign(t)), 'the benign twin afterwards');
  },
};
