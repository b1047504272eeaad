import type { ProbeTemplate } from '../../assessments/kit/index.js';
import { bodyOptions, refuses, send, succeeds } from './support.js';

/** A body that does not claim to be JSON is refused with 415 (or 400). Options: `request(t, body)`, `benign(t)`. */
export const wrongContentType: ProbeTemplate = {
  name: 'wrong-content-type',
  defaults: {
    title: 'A body of another content type is refused',
    topic: 'T4',
    practice: '4.1',
    level: 'mid',
    dimension: 'security',
    why: 'Browsers may send text/plain across sites without asking first; taking it for JSON opens the door to forged requests.',
    remedy: 'Accept application/json (with parameters) only, and answer 415 to everything else.',
    questions: [
      {
        ask: 'Why does it matter that text/plain is refused?',
        listenFor: 'Simple requests need no CORS preflight.',
      },
    ],
  },
  async body(t, options) {
    const { request, benign } = bodyOptions(options);
    const withType = (type: string) => {
      const made = request(t, JSON.stringify(benign(t)));
      const headers = Object.entries(made.headers ?? {}).filter(
        ([name]) => name.toLowerCase() !== 'content-type',
      );
      return { ...made, headers: { ...Object.fromEntries(headers), 'content-type': type } };
    };
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x']) {
      refuses(await send(t, withType(type), `a body of type ${type}`), [415, 400], `a body of type ${type}`);
    }
    await succeeds(t, withType('application/json; charset=utf-8'), 'the same body as JSON');
  },
};
