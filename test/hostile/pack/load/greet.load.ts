import { defineLoad } from 'assayer/kit';

export default defineLoad({
  title: 'Greetings',
  seconds: 2,
  connections: 8,
  requests: ({ random }) =>
    Array.from({ length: 100 }, () => ({ method: 'GET', path: `/api/v1/greet?name=${random.name()}` })),
});
