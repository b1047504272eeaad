import type { ProbeTemplate } from '../../assessments/kit/index.js';
import { must } from '../../assessments/kit/index.js';
import { bodyOptions, leaksNothing, livesOn, send, twinSucceeds } from './support.js';

const DEPTHS = [1000, 20_000];

/** JSON nested without measure is the client's mistake, not a crash. Options: `request(t, body)`, `benign(t)`. */
export const deepJson: ProbeTemplate = {
  name: 'deep-json',
  defaults: {
    title: 'JSON nested thousands deep does no harm',
    topic: 'T9',
    practice: '9.7',
    level: 'senior',
    dimension: 'security',
    why: 'Code that walks a body recursively runs out of stack on input that costs an attacker a few kilobytes.',
    remedy: 'Check the shape first, and walk only what the contract knows.',
    questions: [
      {
        ask: 'Which of your code walks a body recursively?',
        listenFor: 'Validation, cloning, logging, redaction; depth limits.',
      },
    ],
  },
  async body(t, options) {
    const given = bodyOptions(options);
    for (const depth of DEPTHS) {
      const nested = [
        `${'['.repeat(depth)}${']'.repeat(depth)}`,
        `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
      ];
      const inside = JSON.stringify(given.benign(t)).replace(/^\{/, `{"nested":${nested[0]},`);
      for (const body of [...nested, inside]) {
        const response = await send(t, given.request(t, body), `JSON nested ${depth} deep`);
        must(
          response.status < 500,
          `JSON nested ${depth} deep caused a server error: status ${response.status}`,
        );
        leaksNothing(response, 'deep JSON');
      }
    }
    await livesOn(t, 'deep JSON');
    await twinSucceeds(t, given);
  },
};
