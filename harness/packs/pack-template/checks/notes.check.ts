import { check, expectStatus, must } from 'assayer/kit';
import { create, placeOf, read } from './support/notes.js';

check(
  {
    id: 'note-kept',
    title: 'A note that was written can be read where Location says',
    topic: 'T4',
    practice: '4.1',
    level: 'junior',
    dimension: 'correctness',
    points: 3,
    why: 'Clients go by the status and by Location: who answers 200 here makes each of them guess.',
    remedy: 'Answer 201 with the path of the note in Location, and serve the note there.',
    questions: [
      {
        ask: 'When is 202 the right answer to a POST?',
        listenFor: 'When the work goes on afterwards, with a place to ask how it went.',
      },
    ],
  },
  async (t) => {
    // Data that nobody can know in advance, or a canned answer would do.
    const [account, text] = [t.random.name(), t.random.words(4)];
    const created = await create(t, account, { text });
    expectStatus(created, 201, 'writing a note');
    const found = await read(t, account, placeOf(created));
    expectStatus(found, 200, 'reading the note');
    const note = found.json<{ text?: unknown } | null>();
    must(note?.text === text, 'the note read was not the one that was written', {
      expected: text,
      observed: String(note?.text),
    });
  },
);

check(
  {
    id: 'text-required',
    title: 'A note without a text is refused, and the answer names the field',
    topic: 'T4',
    practice: '4.3',
    level: 'mid',
    dimension: 'correctness',
    points: 2,
    why: 'Whoever calls can only mend what the answer names.',
    remedy: 'Look at the body before using it; answer 422 with the field and the reason.',
    questions: [],
  },
  async (t) => {
    const account = t.random.name();
    const refused = await create(t, account, { title: t.random.words(2) });
    expectStatus(refused, [400, 422], 'a note without a text');
    must(refused.text.includes('text'), 'the answer did not name the field', {
      expected: 'text',
      observed: refused.text,
    });
    // The twin: the same request made rightly. Who refuses everything earns nothing.
    expectStatus(await create(t, account, { text: t.random.words(2) }), [200, 201], 'the same with a text');
  },
);
