import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { leaksNothing, livesOn, option, send, succeeds } from './support.js';

const CLIMBS = [
  '../../../../../../etc/passwd',
  '..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '..%252f..%252f..%252f..%252fetc%252fpasswd',
  '....//....//....//....//etc/passwd',
  '%2fetc%2fpasswd%00.json',
];

/**
 * An id that climbs out of its folder finds nothing.
 * Options: `request(t, id)` a request with that text, unescaped, where an id belongs; `known(t)` resolves to a request that finds something.
 */
export const pathTraversal: ProbeTemplate = {
  name: 'path-traversal',
  defaults: {
    title: 'An id with ../ in it finds no file',
    topic: 'T9',
    practice: '9.1',
    level: 'junior',
    dimension: 'security',
    why: 'A file name built from a request lets anyone read what the process can read.',
    remedy: 'Check ids against their pattern before use, and never join them into a path unchecked.',
    questions: [
      {
        ask: 'Why is removing ../ from the input not enough?',
        listenFor: 'Encodings, repeated removal; resolve and compare the prefix, or allow-list.',
      },
    ],
  },
  async body(t, options) {
    const request = option<(t: CheckContext, id: string) => ProbeRequest>(options, 'request');
    const known = option<(t: CheckContext) => Promise<ProbeRequest>>(options, 'known');
    for (const climb of CLIMBS) {
      const response = await send(t, request(t, climb), 'an id that climbs');
      const refused = response.status >= 300 && response.status < 500;
      must(refused, `the id ${climb} found something: status ${response.status}`, {
        observed: `status ${response.status}`,
      });
      must(!response.text.includes('root:'), `the id ${climb} showed a file of the server`);
      leaksNothing(response, 'an id that climbs');
    }
    await livesOn(t, 'ids that climb');
    await succeeds(t, await known(t), 'the benign twin, an id that exists');
  },
};
