import { check, must } from 'assayer/kit';
import { because, secretly } from '../words.js';

check(
  secretly({
    id: 'stops-politely',
    publicTitle: 'SIGTERM ends the service with code 0 within four seconds',
    topic: 'T7',
    practice: '7.2',
    level: 'senior',
    dimension: 'correctness',
    points: 5,
  }),
  async (t) => {
    await t.service.signal('SIGTERM');
    const exit = await t.service.exited(4000);
    must(exit, because('still running four seconds after SIGTERM'));
    must(exit.code === 0, because('the exit code after SIGTERM'), { observed: `code ${exit.code}` });
  },
);
