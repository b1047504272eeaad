import { check, expectStatus, must } from 'assayer/kit';
import { because, secretly } from '../words.js';

check(
  secretly({
    id: 'greets',
    publicTitle: 'A greeting names who asked',
    topic: 'T4',
    practice: '4.1',
    level: 'junior',
    dimension: 'correctness',
    points: 10,
  }),
  async (t) => {
    for (const name of [t.random.name(), t.random.name()]) {
      const answer = await t.http.get(`/api/v1/greet?name=${name}`);
      expectStatus(answer, 200, because('greeting'));
      const { message } = answer.json<{ message?: unknown }>();
      must(message === `Hello, ${name}`, because(`the greeting of ${name}`), { observed: String(message) });
    }
  },
);

check(
  secretly({
    id: 'answers-many',
    publicTitle: 'Two hundred greetings, ten at a time, are all answered',
    topic: 'T10',
    practice: '10.6',
    level: 'mid',
    dimension: 'correctness',
    points: 10,
  }),
  async (t) => {
    const names = Array.from({ length: 200 }, () => t.random.name());
    while (names.length > 0) {
      await Promise.all(
        names.splice(0, 10).map(async (name) => {
          const answer = await t.http.get(`/api/v1/greet?name=${name}`);
          expectStatus(answer, 200, because('one of many greetings'));
          must(answer.text.includes(name), because('the greeting is for somebody else'));
        }),
      );
    }
  },
);
