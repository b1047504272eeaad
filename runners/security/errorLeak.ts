import type { CheckContext, ProbeRequest, ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { leaksNothing, option, send, succeeds } from './support.js';

/**
 * Error answers show nothing of the service's insides.
 * Options: `requests(t)` requests that must fail; `known(t)` resolves to a request that succeeds.
 */
export const errorLeak: ProbeTemplate = {
  name: 'error-leak',
  defaults: {
    title: 'Error answers show no stack, path or query',
    topic: 'T9',
    practice: '9.4',
    level: 'junior',
    dimension: 'security',
    why: 'A stack in an answer tells an attacker the framework, its version and where to look.',
    remedy: 'One error handler that logs the details and answers with a code and a sentence.',
    questions: [
      {
        ask: 'Where does the stack go when a request fails?',
        listenFor: 'The log, with the request id that the client also sees.',
      },
    ],
  },
  async body(t, options) {
    const requests = option<(t: CheckContext) => readonly ProbeRequest[]>(options, 'requests');
    const known = option<(t: CheckContext) => Promise<ProbeRequest> | ProbeRequest>(options, 'known');
    for (const request of requests(t)) {
      const response = await send(t, request, 'a request that cannot succeed');
      must(response.status >= 400, `a request that cannot succeed got status ${response.status}`, {
        expected: 'status 400 or above',
        observed: `status ${response.status}`,
      });
      leaksNothing(response, `${request.method} ${request.path.slice(0, 80)}`);
    }
    await succeeds(t, await known(t), 'the benign twin');
  },
};
