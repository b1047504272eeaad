import { defineLoad } from 'assayer/kit';

export default defineLoad({
  title: 'Greetings',
  connections: 8,
  measures: ['slowClients'],
  requests: ({ random }) =>
    Array.from({ length: 100 }, () => ({ method: 'GET', path: `/api/v1/greet?name=${random.name()}` })),
});
