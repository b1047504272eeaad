import { check, expectStatus, fail, must, type CheckContext } from 'assayer/kit';
import { gaugeOf, scrape } from './support/metrics.js';
import { accept } from './support/service.js';
import { eventAbout, openStream, proofIn } from './support/streams.js';

const streams = { topic: 'T1', practice: '1.1', dimension: 'correctness' } as const;

check(
  {
    ...streams,
    id: 'stream-tells',
    title: 'The event stream tells of proofs as they are made and minted',
    level: 'junior',
    points: 3,
    why: 'The dashboard lives from this stream; a stream that is buffered, compressed or incomplete makes people press reload.',
    remedy:
      'Send text/event-stream, flush the head at once, keep it out of compression, and write id, event and data for each change.',
    questions: [
      {
        ask: 'Why server-sent events here, and not WebSockets or polling?',
        listenFor:
          'One direction, plain HTTP, reconnect with Last-Event-ID built in; and the limits: text only, connections per browser on HTTP/1.1.',
      },
    ],
  },
  async (t) => {
    const stream = await openStream(t);
    const type = stream.headers['content-type'] ?? '';
    must(type.startsWith('text/event-stream'), 'the answer was no event stream', {
      expected: 'text/event-stream',
      observed: type,
    });
    const good = await accept(t);
    const created = await eventAbout(stream, 'proof.created', good.proofId);
    must(created.proof.contributor === good.merge.login, 'the data was not the proof');
    const minted = await eventAbout(stream, 'proof.minted', good.proofId);
    must(
      minted.proof.status === 'minted' && minted.proof.credentialId !== null,
      'the data was not the proof as it then was',
    );
    must(created.event.id !== null && minted.event.id !== null, 'an event had no id');
  },
);

check(
  {
    ...streams,
    id: 'stream-released',
    title: 'Streams are forgotten when their clients go',
    level: 'senior',
    points: 3,
    why: 'Browsers come and go all day. A service that keeps what it should have dropped grows until it is killed.',
    remedy:
      "Remove the client on the response's close event, and derive the gauge from the same collection that is written to.",
    questions: [
      {
        ask: 'How do you notice that a client is gone: one that closes, and one whose network vanishes?',
        listenFor:
          'close event for the first; heartbeats or write failures for the second; cleaning up exactly once.',
      },
    ],
  },
  async (t) => {
    const before = await gaugeOf(t, 'sse_clients');
    const opened = await Promise.all(Array.from({ length: 25 }, () => openStream(t)));
    await mustBecome(t, before + 25, 'while they are open');
    opened.slice(0, 20).forEach((stream) => stream.close());
    await mustBecome(t, before + 5, 'after twenty have left');
    const { proofId } = await accept(t);
    await eventAbout(opened[24] ?? fail('no stream'), 'proof.created', proofId);
    opened.forEach((stream) => stream.close());
    await mustBecome(t, before, 'after all have left');
  },
);

check(
  {
    ...streams,
    id: 'stream-many-watchers',
    title: 'Sixty people watch at once, and the runtime has nothing to warn about',
    publicTitle: 'Many people watch at once without warnings from the runtime',
    level: 'senior',
    points: 3,
    why: 'A MaxListeners warning is how Node says that something grows with each client. Ignored, or silenced without thought, it hides the real leak later.',
    remedy:
      "Keep one collection of clients and one writer; or set the emitter's limit on purpose and remove each listener with its client.",
    questions: [
      {
        ask: 'You see MaxListenersExceededWarning in production. What are the possible causes, and how do you tell them apart?',
        listenFor:
          'A leak (listeners added per request, never removed) or many legitimate listeners; listenerCount over time, heap snapshots; raising the limit only for the second.',
      },
    ],
  },
  async (t) => {
    const opened = await Promise.all(Array.from({ length: 60 }, () => openStream(t)));
    const { proofId } = await accept(t);
    await Promise.all(opened.map((stream) => eventAbout(stream, 'proof.created', proofId)));
    opened.forEach((stream) => stream.close());
    const warnings = (await t.service.logs())
      .map(({ text }) => text)
      .filter((text) => /MaxListeners|memory leak/i.test(text));
    t.cite({ kind: 'log', label: 'Warnings of the runtime', lines: warnings });
    must(warnings.length === 0, 'the runtime warned about listeners', {
      expected: 'no warning',
      observed: warnings[0] ?? '',
    });
  },
);

check(
  {
    ...streams,
    id: 'stream-resumes',
    title: 'A client that reconnects gets what it missed, in order and once',
    level: 'senior',
    points: 4,
    why: 'Connections break. A dashboard that silently lacks what happened meanwhile is worse than one that says it is offline.',
    remedy:
      'Keep the last few hundred events with increasing ids; on Last-Event-ID write those after it before joining the live ones.',
    questions: [
      {
        ask: 'Between replaying old events and joining the live ones, can an event be lost or come twice in your code?',
        listenFor:
          'Replay and join happen in one synchronous step, or with a position check; knows that an await in between opens a gap.',
      },
    ],
  },
  async (t) => {
    const first = await openStream(t);
    const seen = await accept(t);
    await eventAbout(first, 'proof.minted', seen.proofId);
    const last =
      (await eventAbout(first, 'proof.created', seen.proofId)).event.id ?? fail('an event had no id');
    first.close();
    const missed = await accept(t);
    // Another stream says when the registry is done, so that what was missed is known to have happened.
    const witness = await openStream(t, { 'last-event-id': last });
    await eventAbout(witness, 'proof.minted', missed.proofId);
    witness.close();

    const again = await openStream(t, { 'last-event-id': last });
    await eventAbout(again, 'proof.minted', missed.proofId);
    const live = await accept(t);
    await eventAbout(again, 'proof.minted', live.proofId);
    const ours = [seen, missed, live].map(({ proofId }) => proofId);
    const story = again.received
      .map((event) => ({ event, proof: proofIn(event) }))
      .filter(({ proof }) => proof !== null && ours.includes(proof.id))
      .map(({ event, proof }) => `${event.event} ${ours.indexOf(proof?.id ?? '')}`);
    const expected = [
      'proof.minted 0',
      'proof.created 1',
      'proof.minted 1',
      'proof.created 2',
      'proof.minted 2',
    ];
    must(story.join() === expected.join(), 'what came after the given event did not come once and in order', {
      expected: expected.join(', '),
      observed: story.join(', '),
    });
  },
);

async function mustBecome(t: CheckContext, count: number, when: string): Promise<void> {
  let seen = -1;
  const reached = await t.eventually(async () => (seen = await gaugeOf(t, 'sse_clients')) === count, {
    withinMs: 4000,
  });
  t.measure(`sse_clients ${when}`, seen, 'streams', String(count));
  must(reached, `sse_clients was wrong ${when}`, { expected: String(count), observed: String(seen) });
  expectStatus(await scrape(t), 200, 'the figures');
}
