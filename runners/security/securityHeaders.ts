import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { fail, must } from '../../assessments/kit/index.js';
import { option, succeeds } from './support.js';

/** What a good value looks like, by header, and in words. */
const GOOD: Readonly<Record<string, { readonly pattern: RegExp; readonly words: string }>> = {
  'x-content-type-options': { pattern: /^nosniff$/i, words: 'nosniff' },
  'content-security-policy': { pattern: /\S/, words: 'a policy' },
  'strict-transport-security': { pattern: /max-age=[1-9]\d{5,}/i, words: 'max-age of a day or more' },
  'x-frame-options': { pattern: /^(deny|sameorigin)$/i, words: 'DENY or SAMEORIGIN' },
  'referrer-policy': {
    pattern: /^(no-referrer|same-origin|strict-origin)/i,
    words: 'no-referrer, same-origin or strict-origin',
  },
};

/**
 * Answers carry the security headers and do not name the software.
 * Options: `request(t)` a request that succeeds; `require` names of headers beside x-content-type-options (see GOOD).
 */
export const securityHeaders: ProbeTemplate = {
  name: 'security-headers',
  defaults: {
    title: 'Answers carry security headers and do not name the software',
    topic: 'T9',
    practice: '9.4',
    level: 'junior',
    dimension: 'security',
    why: 'Headers close whole classes of browser attacks; a version in a header tells an attacker where to begin.',
    remedy: 'Set X-Content-Type-Options: nosniff and what the brief names, and switch X-Powered-By off.',
    questions: [
      {
        ask: 'What does nosniff prevent?',
        listenFor: 'A browser taking an upload or a JSON answer for a script or a page.',
      },
    ],
  },
  async body(t, options) {
    const request = option<(t: CheckContext) => ProbeRequest>(options, 'request');
    const required = [
      'x-content-type-options',
      ...((options['require'] as readonly string[] | undefined) ?? []),
    ];
    const { headers } = await succeeds(t, request(t), 'an ordinary request');
    for (const name of required) {
      const value = headers[name] ?? '';
      const { pattern, words } = GOOD[name] ?? { pattern: /\S/, words: 'any value' };
      must(pattern.test(value), `the answer had no good ${name} header`, {
        expected: `${name}: ${words}`,
        observed: `${name}: ${value === '' ? '(absent)' : value}`,
      });
    }
    const named =
      headers['x-powered-by'] ?? (/\/\d/.test(headers['server'] ?? '') ? headers['server'] : undefined);
    if (named !== undefined) fail('the answer named the software it is made with', { observed: named });
  },
};
