import type { ProbeTemplate } from '../../assessments/kit/index.js';
import { bodyOptions, livesOn, refuses, send, twinSucceeds } from './support.js';

/** Broken JSON gets a 400 (or 422), never a 500. Options: `request(t, body)`, `benign(t)`. */
export const malformedJson: ProbeTemplate = {
  name: 'malformed-json',
  defaults: {
    title: 'Broken JSON is refused as the client’s mistake',
    topic: 'T9',
    practice: '9.7',
    level: 'junior',
    dimension: 'security',
    why: 'A parse error that becomes a 500, or a crash, lets any client trip alarms or take the service down.',
    remedy: 'Catch the parser’s error and answer 400 with a body that says what was expected.',
    questions: [
      {
        ask: 'What happens in your service when JSON.parse throws?',
        listenFor: 'A handler for parse errors, 400, no stack in the answer, the process lives.',
      },
    ],
  },
  async body(t, options) {
    const given = bodyOptions(options);
    const whole = JSON.stringify(given.benign(t));
    const broken = [whole.slice(0, -1), `${whole}}`, '{"a":', 'not json', '{"a":\u0000}', "{'a':1}"];
    for (const body of broken) {
      refuses(
        await send(t, given.request(t, body), 'broken JSON'),
        [400, 422],
        `broken JSON (${JSON.stringify(body.slice(0, 30))})`,
      );
    }
    await livesOn(t, 'broken JSON');
    await twinSucceeds(t, given);
  },
};
