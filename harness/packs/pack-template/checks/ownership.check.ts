import { check, expectStatus } from 'assayer/kit';
import { create, placeOf, read } from './support/notes.js';

check(
  {
    id: 'notes-private',
    title: 'Nobody reads the notes of another account',
    // Said to candidates instead of the title, which would give the hidden test away.
    publicTitle: 'Accounts are kept apart',
    topic: 'T9',
    practice: '9.7',
    level: 'mid',
    dimension: 'security',
    points: 3,
    why: 'Ids end up in logs, links and screenshots. Whoever has one must not be served what is not theirs.',
    remedy: 'Look notes up by account and id together; answer 404 where there is none.',
    questions: [
      {
        ask: 'Why 404 and not 403?',
        listenFor: 'A 403 says that the note is there.',
      },
    ],
  },
  async (t) => {
    const owner = t.random.name();
    const place = placeOf(await create(t, owner, { text: t.random.words(3) }));
    expectStatus(await read(t, t.random.name(), place), 404, 'the note of another account');
    expectStatus(await read(t, owner, place), 200, 'the same note, read by its owner');
  },
);
