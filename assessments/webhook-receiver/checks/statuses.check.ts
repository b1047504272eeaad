import { check, expectStatus, must } from 'assayer/kit';
import { aMerge, eventOf } from './support/merges.js';
import { accept, deliver, proofIdOf, proofOfTaken, proofsOf, WEBHOOK } from './support/service.js';

const statuses = { topic: 'T4', practice: '4.1', dimension: 'correctness' } as const;

check(
  {
    ...statuses,
    id: 'events-ignored',
    title: 'Events of no interest are answered with 200 and change nothing',
    level: 'junior',
    points: 2,
    why: 'Senders switch a webhook off that keeps failing. And a proof for a pull request that was closed unmerged is a false claim.',
    remedy:
      'Make a proof only for event pull_request with action closed and merged true; answer 200 ignored to all else.',
    questions: [
      {
        ask: 'Why answer 200 to an event that you do not handle, and not 400 or 404?',
        listenFor:
          'Nothing is wrong with it; errors cause redelivery and alarms; being tolerant lets the sender add events.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    const some = () => aMerge(t.random, { login });
    const ignored = [
      ['ping', { zen: t.random.words(4), hook_id: t.random.int(1, 1e6) }],
      ['push', { ref: 'refs/heads/main', pusher: { name: login } }],
      ['issues', eventOf(some())],
      ['pull_request', eventOf(some(), { merged: false, merged_at: null })],
      ['pull_request', eventOf(some(), { merged: false, merged_at: null }, 'opened')],
      ['pull_request', eventOf(some(), {}, 'labeled')],
    ] as const;
    for (const [event, payload] of ignored) {
      const response = await deliver(t, payload, { event, label: `Event ${event}` });
      expectStatus(response, 200, `event ${event} without a merge`);
      must(
        response.json<{ status?: unknown } | null>()?.status === 'ignored',
        'the answer did not say "ignored"',
        {
          observed: response.text.slice(0, 200),
        },
      );
    }
    const { proofId } = await accept(t, { login });
    const { items } = await proofsOf(t, `contributor=${login}`);
    must(items.length === 1 && items[0]?.id === proofId, 'not the merge alone made a proof', {
      expected: '1 proof',
      observed: `${items.length} proofs`,
    });
  },
);

check(
  {
    ...statuses,
    id: 'unknown-things',
    title: 'What does not exist is a 404',
    level: 'junior',
    points: 1,
    why: 'Clients decide by the status. A 200 with an empty body, or a 500, makes them store nonsense or try again for ever.',
    remedy: 'Answer 404 where a lookup finds nothing, and for every path that no route takes.',
    questions: [
      {
        ask: 'A list for a contributor whom you do not know: 404 or an empty list?',
        listenFor:
          'Empty list: the filter is valid and matches nothing; 404 is for a resource that is addressed and absent.',
      },
    ],
  },
  async (t) => {
    await proofOfTaken(t, await accept(t));
    const absent = [
      `proofs/${t.random.id(20)}`,
      `proofs/${t.random.id(20)}/commitment`,
      `credentials/crd_${t.random.id()}`,
    ];
    for (const path of [...absent, t.random.id()]) {
      expectStatus(await t.http.get(`/api/v1/${path}`), 404, `the unknown /api/v1/${path}`);
    }
    const none = await proofsOf(t, `contributor=${t.random.name()}`);
    must(
      none.items.length === 0 && none.nextCursor === null,
      'a filter that matches nothing did not give an empty last page',
    );
  },
);

check(
  {
    ...statuses,
    id: 'method-not-allowed',
    title: 'A known path with another method is a 405 that says what is allowed',
    level: 'junior',
    points: 2,
    why: 'A 404 for a path that exists sends people looking for typing errors; Allow tells them and their tools what to do.',
    remedy: 'After the handlers of a path, catch all other methods and answer 405 with Allow.',
    questions: [
      {
        ask: 'What does your framework do for HEAD and OPTIONS on its own?',
        listenFor: 'HEAD from GET in most; OPTIONS differs; has looked at it rather than guessing.',
      },
    ],
  },
  async (t) => {
    const { id: proofId } = await proofOfTaken(t, await accept(t));
    const wrong = [
      ['GET', WEBHOOK, 'POST'],
      ['DELETE', `/api/v1/proofs/${proofId}`, 'GET'],
      ['POST', '/api/v1/proofs', 'GET'],
      ['PUT', '/api/v1/issuer', 'GET'],
    ] as const;
    for (const [method, path, allowed] of wrong) {
      const response = await t.http.request(method, path);
      expectStatus(response, 405, `${method} ${path}`);
      const allow = (response.headers['allow'] ?? '').toUpperCase().split(/\s*,\s*/);
      must(allow.includes(allowed) && !allow.includes(method), 'Allow did not list what the path takes', {
        expected: allowed,
        observed: response.headers['allow'] ?? 'no Allow',
      });
    }
    expectStatus(await t.http.get(`/api/v1/proofs/${proofId}`), 200, 'the proof after all that');
  },
);

check(
  {
    ...statuses,
    id: 'unreadable-deliveries',
    title: 'Signed deliveries that cannot be read get a 400 or a 415',
    level: 'junior',
    points: 2,
    why: 'A sender can mend what it is told precisely. A 500 looks like our fault, and is sent again.',
    remedy:
      'Refuse other content types with 415; catch the parse error and answer 400; require the two GitHub headers.',
    questions: [
      {
        ask: 'Which of your checks come before the signature check, and why is that safe?',
        listenFor:
          'Cheap ones that read no content: method, size, type. Nothing of the body is interpreted before it is authentic.',
      },
    ],
  },
  async (t) => {
    const event = eventOf(aMerge(t.random));
    const text = JSON.stringify(event);
    for (const broken of ['{"action": "closed"', 'merged', '{]']) {
      expectStatus(await deliver(t, broken), 400, `a body that is not JSON (${broken.length} characters)`);
    }
    for (const header of ['x-github-event', 'x-github-delivery']) {
      expectStatus(
        await deliver(t, text, { headers: { [header]: '' } }),
        400,
        `a delivery without ${header}`,
      );
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      expectStatus(
        await deliver(t, text, { headers: { 'content-type': type } }),
        415,
        `a delivery of type ${type}`,
      );
    }
    const fine = await deliver(t, text, { headers: { 'content-type': 'application/json; charset=utf-8' } });
    proofIdOf(fine, 202, 'accepted', 'the same delivery as application/json; charset=utf-8');
  },
);

check(
  {
    ...statuses,
    practice: '4.2',
    id: 'versioned-paths',
    title: 'The API lives under /api/v1 and nowhere else',
    level: 'junior',
    points: 1,
    why: 'Once clients use a path without a version, it can never change again.',
    remedy: 'Mount all API routes on /api/v1 and offer no shortcuts.',
    questions: [
      {
        ask: 'Which changes to this API would need a v2?',
        listenFor:
          'Removing or renaming fields, new required input, changed meaning; not new optional fields or endpoints.',
      },
    ],
  },
  async (t) => {
    const taken = await accept(t);
    const { merge, proofId } = taken;
    await proofOfTaken(t, taken);
    for (const prefix of ['', '/v1', '/api', '/api/v2']) {
      expectStatus(await t.http.get(`${prefix}/proofs/${proofId}`), 404, `a proof under ${prefix || '/'}`);
      expectStatus(
        await t.http.get(`${prefix}/proofs?contributor=${merge.login}`),
        404,
        `proofs under ${prefix || '/'}`,
      );
    }
  },
);
