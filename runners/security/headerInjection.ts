import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { livesOn, option, send, succeeds } from './support.js';

/**
 * Line breaks in a value that the service puts into a header make no header of their own.
 * Options: `request(t, value)` a request with that value, percent-encoded for use in a path or query; `benign` such a value.
 */
export const headerInjection: ProbeTemplate = {
  name: 'header-injection',
  defaults: {
    title: 'Line breaks in input make no header in the answer',
    topic: 'T9',
    practice: '9.1',
    level: 'mid',
    dimension: 'security',
    why: 'A header that an attacker can write sets cookies in the victim’s browser or splits the answer.',
    remedy: 'Check what goes into a header against a pattern, and answer 400 to anything else.',
    questions: [
      {
        ask: 'Node refuses line breaks in headers; why is that not enough?',
        listenFor: 'It throws: without a check that is a 500, and the input was never validated.',
      },
    ],
  },
  async body(t, options) {
    const request = option<(t: CheckContext, value: string) => ProbeRequest>(options, 'request');
    const benign = option<string>(options, 'benign');
    const name = `x-${t.random.id(8)}`;
    for (const lineBreak of ['%0d%0a', '%0a', '%0d', '%E5%98%8A%E5%98%8D']) {
      const response = await send(t, request(t, `a${lineBreak}${name}:%201`), 'a line break in a value');
      must(!(name in response.headers), 'a line break in a value made a header', {
        observed: `${name}: ${response.headers[name]}`,
      });
      must(response.status < 500, `a line break in a value caused a server error: status ${response.status}`);
    }
    await livesOn(t, 'line breaks in a value');
    await succeeds(t, request(t, benign), 'the benign twin, a plain value');
  },
};
