import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import { because, secretly } from '../words.js';

interface Note {
  readonly id: string;
  readonly text: string;
}

async function write(t: CheckContext, text: string): Promise<Note> {
  const answer = await t.http.post('/api/v1/notes', { text });
  expectStatus(answer, 201, because('writing a note'));
  const note = answer.json<Note>();
  must(typeof note.id === 'string' && note.text === text, because('the note that was written'));
  return note;
}

async function mustRead(t: CheckContext, note: Note): Promise<void> {
  const answer = await t.http.get(`/api/v1/notes/${note.id}`);
  expectStatus(answer, 200, because('reading a note'));
  const read = answer.json<Partial<Note>>();
  must(read.id === note.id && read.text === note.text, because('the note as it was written'));
}

const rest = { topic: 'T4', practice: '4.1', dimension: 'correctness' } as const;

check(
  secretly({
    ...rest,
    id: 'keeps-notes',
    publicTitle: 'A note can be read back',
    level: 'junior',
    points: 10,
  }),
  async (t) => {
    const [first, second] = [await write(t, t.random.words(4)), await write(t, t.random.words(6))];
    await mustRead(t, second);
    await mustRead(t, first);
    const unknown = await t.http.get(`/api/v1/notes/${t.random.id()}`);
    expectStatus(unknown, 404, because('reading a note that is not there'));
  },
);

check(
  secretly({
    ...rest,
    id: 'refuses-bad-notes',
    publicTitle: 'A note without text is refused',
    level: 'junior',
    points: 5,
  }),
  async (t) => {
    for (const body of [{}, { text: 7 }, '{"text":']) {
      const answer = await t.http.post('/api/v1/notes', body, {
        headers: { 'content-type': 'application/json' },
      });
      expectStatus(answer, [400, 422], because('a note without text'));
    }
  },
);

check(
  secretly({
    ...rest,
    id: 'survives-a-kill',
    publicTitle: 'Notes survive a crash',
    level: 'mid',
    points: 10,
  }),
  async (t) => {
    const note = await write(t, t.random.words(5));
    await t.service.restart({ how: 'SIGKILL' });
    await mustRead(t, note);
  },
);
