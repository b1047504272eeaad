import {
  ServiceError,
  type CheckContext,
  type ProbeTemplate,
  type ProbeRequest,
} from '../../assessments/kit/index.js';
import { livesOn, option, refuses, send, succeeds } from './support.js';

/**
 * A body far over the contract's limit is refused, and one within it is not.
 * Options: `request(t, body)`; `sized(t, bytes)` the text of a good body of about that many bytes; `limitBytes`.
 */
export const oversizeBody: ProbeTemplate = {
  name: 'oversize-body',
  defaults: {
    title: 'Bodies over the limit are refused, bodies within it are served',
    topic: 'T9',
    practice: '9.7',
    level: 'mid',
    dimension: 'security',
    why: 'A service that buffers whatever it is sent can be run out of memory by one client.',
    remedy: 'Set a body limit in the parser and answer 413 when it is passed.',
    questions: [
      {
        ask: 'Where do you limit the size of a request, and why not only at the proxy?',
        listenFor: 'Limits at each layer; the parser stops reading; streaming for what is large by nature.',
      },
    ],
  },
  async body(t, options) {
    const request = option<(t: CheckContext, body: string) => ProbeRequest>(options, 'request');
    const sized = option<(t: CheckContext, bytes: number) => string>(options, 'sized');
    const limitBytes = option<number>(options, 'limitBytes');
    const attack = `a body of ${limitBytes * 4} bytes`;
    try {
      refuses(await send(t, request(t, sized(t, limitBytes * 4)), attack), [413, 400], attack);
    } catch (error) {
      // Closing the connection on a sender that is far over the limit is a refusal too.
      const closed =
        error instanceof ServiceError && /^(ECONNRESET|EPIPE)$/.test(error.details.observed ?? '');
      if (!closed) throw error;
    }
    await livesOn(t, attack);
    await succeeds(t, request(t, sized(t, Math.floor(limitBytes * 0.8))), 'a body within the limit');
  },
};
