import { check, expectStatus, must } from 'assayer/kit';
import { aMerge, eventOf } from './support/merges.js';
import { registry, showCalls, statusPath } from './support/registry.js';
import {
  accept,
  deliver,
  deliveryHeaders,
  proofIdOf,
  proofOfTaken,
  proofsOf,
  settled,
  WEBHOOK,
} from './support/service.js';

const hostile = { topic: 'T9', practice: '9.7', dimension: 'security' } as const;
const LIMIT_BYTES = 262_144;

check(
  {
    ...hostile,
    practice: '9.1',
    id: 'ids-contained',
    title: 'Ids from outside cannot lead calls to other paths of the registry',
    level: 'mid',
    points: 3,
    why: 'Our calls carry our token. An id that climbs out of its path makes us do at the registry whatever the caller wants.',
    remedy: 'Check ids against the agreed pattern, and encode whatever is put into a URL.',
    questions: [
      {
        ask: 'Both checking and encoding would do here. Why do both?',
        listenFor:
          'Defence in depth: the pattern may be loosened later, other callers appear; encoding belongs to building URLs as escaping belongs to HTML.',
      },
    ],
  },
  async (t) => {
    const id = `crd_${t.random.id(12)}`;
    const headers = { 'x-account-id': t.random.name() };
    const climbing = [
      '..%2F..%2Fissuer',
      `${id}%2F..%2F..%2Fissuer%3F`,
      `${id}%3Fas=admin`,
      `${id}%23`,
      `${id}%00`,
      'crd_',
      `${id},`,
    ];
    for (const ids of climbing) {
      const response = await t.http.get(`/api/v1/credential-status?ids=${ids}`, {
        headers: { 'x-account-id': t.random.name() },
      });
      expectStatus(response, 400, `ids=${ids}`);
    }
    const strayed = registry(t)
      .calls()
      .filter(({ path }) => path.includes('status') || path.includes('issuer'));
    showCalls(t, strayed);
    must(strayed.length === 0, 'the registry was asked with such ids', {
      expected: 'no call',
      observed: strayed.map(({ path }) => path).join(', '),
    });
    expectStatus(await t.http.get(`/api/v1/credential-status?ids=${id}`, { headers }), 200, 'a proper id');
    must(
      registry(t).calls({ path: statusPath(id) }).length === 1,
      'the registry was not asked about a proper id',
    );
  },
);

check(
  {
    ...hostile,
    id: 'odd-names',
    title: 'A contributor called constructor is a contributor like any other',
    level: 'mid',
    points: 2,
    why: 'Plain objects used as maps already know constructor, toString and __proto__. The first such login crashes the service or poisons all objects.',
    remedy:
      'Use Map (or Object.create(null)) for keys that come from outside, and never merge payloads into objects of yours.',
    questions: [
      {
        ask: 'What is prototype pollution, and which line of yours could have allowed it?',
        listenFor:
          'Writing through __proto__ by key from outside: deep merges, obj[key][key2] = …; Map, null prototypes, own-property checks.',
      },
    ],
  },
  async (t) => {
    const word = `polluted-${t.random.id()}`;
    for (const login of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const none = await proofsOf(t, `contributor=${login}&status=failed`);
      must(none.items.length === 0, `a failed proof was listed for ${login}, who has none`);
      const merge = aMerge(t.random, { login, repository: `${t.random.name()}/prototype` });
      const text = JSON.stringify(eventOf(merge)).replace(/^\{/, `{"__proto__":{"title":"${word}"},`);
      const proofId = proofIdOf(await deliver(t, text), 202, 'accepted', `a merge by ${login}`);
      await settled(t, proofId, 'minted');
      const { items } = await proofsOf(t, `contributor=${login}&limit=1`);
      must(
        items[0]?.id === proofId && items[0].contributor === login,
        `the proof of ${login} was not listed`,
        {
          expected: proofId,
          observed: String(items[0]?.id),
        },
      );
    }
    const clean = await t.http.get(`/api/v1/proofs/${t.random.id()}`);
    must(
      clean.status === 404 && !clean.text.includes(word),
      'what one payload said showed in another answer',
    );
  },
);

check(
  {
    ...hostile,
    id: 'body-too-large',
    title: 'A body over the limit is refused with 413, one just under it is not',
    level: 'junior',
    points: 2,
    why: 'To check a signature the whole body has to be read. Without a limit a few large bodies fill the memory.',
    remedy: 'Set the limit of the body reader to 262144 bytes and turn its error into a 413.',
    questions: [
      {
        ask: 'The limit is checked before the signature. Could it be the other way round?',
        listenFor:
          'No: the signature needs the whole body, so it would have to be read first; size is the guard that works before trust.',
      },
    ],
  },
  async (t) => {
    const { login } = await acceptOfSize(LIMIT_BYTES - 200);
    const { items } = await proofsOf(t, `contributor=${login}`);
    must(
      items.length === 1 && items[0]?.contributor === login,
      'the delivery just under the limit made no proof',
    );
    const large = padded(eventOf(aMerge(t.random)), LIMIT_BYTES + 5000);
    expectStatus(
      await deliver(t, large, { label: 'Over the limit' }),
      413,
      'a signed body of more than 262144 bytes',
    );

    async function acceptOfSize(bytes: number): Promise<{ login: string }> {
      const merge = aMerge(t.random);
      const response = await deliver(t, padded(eventOf(merge), bytes), { label: 'Just under the limit' });
      proofIdOf(response, 202, 'accepted', `a body of ${bytes} bytes`);
      return merge;
    }
  },
);

check(
  {
    ...hostile,
    id: 'chunked-body-too-large',
    title: 'The size limit holds for bodies that do not say how long they are',
    level: 'senior',
    points: 3,
    why: 'Content-Length is a claim. A body sent in chunks has none, and a limit that reads only the header never fires.',
    remedy: 'Count the bytes as they arrive, and stop reading when there are too many.',
    questions: [
      {
        ask: 'You have refused a body while it is still being sent. What happens to the connection?',
        listenFor:
          'Either drain it or close it after the answer; closing too early makes a reset that hides the 413 from the client.',
      },
    ],
  },
  async (t) => {
    const small = JSON.stringify(eventOf(aMerge(t.random)));
    const accepted = await t.http.raw(chunked(small, deliveryHeaders(t, small)), { timeoutMs: 5000 });
    must(/^HTTP\/1\.1 202 /.test(accepted), 'a chunked body of ordinary size was not accepted', {
      expected: '202',
      observed: accepted.split('\r\n')[0] ?? '',
    });
    const large = padded(eventOf(aMerge(t.random)), LIMIT_BYTES + 20_000);
    const refused = await t.http.raw(chunked(large, deliveryHeaders(t, large)), { timeoutMs: 5000 });
    must(/^HTTP\/1\.1 413 /.test(refused), 'a chunked body over the limit was not refused', {
      expected: '413',
      observed: refused.split('\r\n')[0] || 'no answer',
    });
    await proofOfTaken(t, await accept(t));
  },
);

/** The event as JSON of exactly this many bytes, filled up with a field that nobody reads. */
function padded(event: object, bytes: number): string {
  const bare = JSON.stringify({ ...event, padding: '' });
  return JSON.stringify({ ...event, padding: 'x'.repeat(bytes - Buffer.byteLength(bare)) });
}

/** A request whose body comes in chunks, without a length. */
function chunked(body: string, headers: Readonly<Record<string, string>>): string {
  const head = { ...headers, host: 'localhost', connection: 'close', 'transfer-encoding': 'chunked' };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  const pieces = body.match(/[\s\S]{1,16000}/g) ?? [];
  const chunks = pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`);
  return `POST ${WEBHOOK} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${chunks.join('')}0\r\n\r\n`;
}
