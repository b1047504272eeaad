import { check, expectStatus, must } from 'assayer/kit';
import { because, secretly } from '../words.js';

/**
 * Hostile submissions of the corpus try what must not work and tell at `/escapes` what did. They are our own and do not lie
 * about it; an ordinary service has no such path.
 */
check(
  secretly({
    id: 'nothing-escaped',
    publicTitle: 'Nothing that should be impossible was possible',
    topic: 'T9',
    practice: '9.7',
    level: 'junior',
    dimension: 'security',
    points: 10,
    timeoutMs: 30_000,
  }),
  async (t) => {
    const answer = await t.http.get('/escapes', { timeoutMs: 25_000 });
    if (answer.status === 404) t.notApplicable('an ordinary service');
    expectStatus(answer, 200, because('the list of escapes'));
    const escapes = answer.json<unknown>();
    must(Array.isArray(escapes), because('the list of escapes is a list'));
    must(escapes.length === 0, because('something escaped'), {
      observed: escapes.map(String).join('; ').slice(0, 1500),
    });
  },
);
