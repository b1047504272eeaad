import { check, expectStatus, must } from 'assayer/kit';
import { because, secretly } from '../words.js';

check(
  secretly({
    id: 'publishes',
    publicTitle: 'A published note has the receipt of the registry',
    topic: 'T1',
    practice: '1.4',
    level: 'mid',
    dimension: 'correctness',
    points: 10,
  }),
  async (t) => {
    const { registry } = t.stubs;
    must(registry, 'the pack declares a registry');
    const receipt = t.random.hex(12);
    registry.script({ method: 'POST', path: '/publications', status: 201, body: { receipt } });
    const text = t.random.words(5);
    const written = await t.http.post('/api/v1/notes', { text });
    expectStatus(written, 201, because('writing a note'));
    const { id } = written.json<{ id: string }>();
    const answer = await t.http.post(`/api/v1/notes/${id}/publish`);
    expectStatus(answer, 200, because('publishing a note'));
    must(answer.json<{ receipt?: unknown }>().receipt === receipt, because('the receipt of the registry'));
    const calls = registry.calls({ method: 'POST', path: '/publications' });
    must(calls.length === 1 && calls[0]?.body.includes(text), because('the registry is called once'), {
      observed: `${calls.length} calls`,
    });
  },
);
