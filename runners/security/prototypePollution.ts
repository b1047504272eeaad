import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { bodyOptions, livesOn, send, twinSucceeds } from './support.js';

/**
 * Keys such as `__proto__` in a body change nothing for later requests.
 * Options: `request(t, body)`, `benign(t)`; `observe(t)` a request whose answer would show a polluted object (default: the twin).
 */
export const prototypePollution: ProbeTemplate = {
  name: 'prototype-pollution',
  defaults: {
    title: 'Keys such as __proto__ in a body reach no other object',
    topic: 'T9',
    practice: '9.7',
    level: 'senior',
    dimension: 'security',
    why: 'A merge that follows __proto__ lets one request change every object of the process.',
    remedy: 'Copy only the fields you know; never merge a body into an object key by key.',
    questions: [
      {
        ask: 'How does a recursive merge become a vulnerability?',
        listenFor: '__proto__ and constructor.prototype; allow-lists; Object.create(null) or a Map.',
      },
    ],
  },
  async body(t, options) {
    const given = bodyOptions(options);
    const observe = options['observe'] as ((t: CheckContext) => ProbeRequest) | undefined;
    const key = `p${t.random.id(12)}`;
    const planted = JSON.stringify({ [key]: key, toString: key });
    for (const poison of [`"__proto__":${planted}`, `"constructor":{"prototype":${planted}}`]) {
      const body = JSON.stringify(given.benign(t)).replace(/^\{/, `{${poison},`);
      const response = await send(t, given.request(t, body), 'a body with poisoned keys');
      must(
        response.status < 500,
        `a body with poisoned keys caused a server error: status ${response.status}`,
      );
    }
    await livesOn(t, 'a body with poisoned keys');
    const seen = observe ? await send(t, observe(t), 'what later requests see') : null;
    const twin = await twinSucceeds(t, given);
    must(
      ![seen?.text, twin.text].some((text) => text?.includes(key)),
      'a later answer carried what was planted',
      {
        observed: `the planted key ${key} in a later answer`,
      },
    );
  },
};
