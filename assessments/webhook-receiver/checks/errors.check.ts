import {
  check,
  expectStatus,
  must,
  probe,
  type CheckContext,
  type ProbeRequest,
  type Response,
} from 'assayer/kit';
import { aMerge, eventOf } from './support/merges.js';
import { accept, deliver, deliveryHeaders, proofIdOf, proofsOf, WEBHOOK } from './support/service.js';

const errors = { topic: 'T4', practice: '4.3', dimension: 'correctness' } as const;

interface Problem {
  readonly title?: unknown;
  readonly status?: unknown;
  readonly detail?: unknown;
  readonly errors?: readonly { field?: unknown; reason?: unknown }[];
}

check(
  {
    ...errors,
    id: 'missing-fields-named',
    title: 'A delivery with missing or wrong fields gets a 422 that names each of them',
    level: 'junior',
    points: 3,
    why: '"Bad request" costs the other side an afternoon; the name of the field costs them a minute.',
    remedy:
      'Validate the whole payload before using it, collect all faults, and list them with dotted paths and reasons.',
    questions: [
      {
        ask: 'Where should validation stop? Do you check fields that you do not use?',
        listenFor:
          'What is used, at the border, strictly; unknown fields pass, or the sender can never add any.',
      },
    ],
  },
  async (t) => {
    const merge = aMerge(t.random);
    const cases: [string[], unknown][] = [
      [['pull_request.user.login'], eventOf(merge, { user: { id: 1 } })],
      [
        ['pull_request.number', 'pull_request.title'],
        eventOf(merge, { number: `${merge.number}`, title: undefined }),
      ],
      [['repository.full_name'], { ...eventOf(merge), repository: { id: 3 } }],
      [['pull_request.html_url', 'pull_request.id'], eventOf(merge, { id: null, html_url: 12 })],
    ];
    for (const [fields, payload] of cases) {
      const response = await deliver(t, payload, { label: `Wrong: ${fields.join(', ')}` });
      const problem = mustBeProblem(response, 422, `a merge without a proper ${fields.join(' and ')}`);
      mustName(problem, fields);
    }
    proofIdOf(await deliver(t, eventOf(merge)), 202, 'accepted', 'the same merge with all fields');
  },
);

check(
  {
    ...errors,
    id: 'errors-same-shape',
    title: 'Every error is a problem document of the same shape',
    level: 'junior',
    points: 2,
    why: 'Clients write one error handler. Each answer of another shape (HTML from the framework, a bare text) is a hole in it.',
    remedy:
      'Turn all errors, also those of the framework and for unknown paths, into application/problem+json at one place.',
    questions: [
      {
        ask: 'Which errors never reach your error handler?',
        listenFor:
          'Those of the HTTP parser (clientError), of middleware before it, of streams after the head was sent, of floating promises.',
      },
    ],
  },
  async (t) => {
    const text = JSON.stringify(eventOf(aMerge(t.random)));
    mustBeProblem(await t.http.get(`/api/v1/proofs/${t.random.id()}`), 404, 'an unknown proof');
    mustBeProblem(await t.http.get(`/${t.random.id()}`), 404, 'an unknown path');
    mustBeProblem(await t.http.put(WEBHOOK, {}), 405, 'a wrong method');
    mustBeProblem(await deliver(t, text, { secret: t.random.hex(8) }), 401, 'a wrong signature');
    mustBeProblem(await deliver(t, '{'), 400, 'a body that is not JSON');
    mustBeProblem(
      await deliver(t, text, { headers: { 'content-type': 'text/plain' } }),
      415,
      'another content type',
    );
    proofIdOf(await deliver(t, text), 202, 'accepted', 'the same delivery as it should be');
  },
);

check(
  {
    ...errors,
    id: 'list-parameters-named',
    title: 'List parameters that make no sense get a 400 that names them',
    level: 'mid',
    points: 2,
    why: 'Silently mending limit=abc to 20 hides the bug of the caller; passing it on ends in NaN, or in a list without end.',
    remedy:
      'Parse each parameter strictly (whole number from 1 to 100, known status, own cursor) and name those that fail.',
    questions: [
      {
        ask: 'limit=1000 where 100 is the most: refuse it or cut it down?',
        listenFor:
          'Either with a reason and documented; silent cutting surprises callers who count; here the contract says refuse.',
      },
    ],
  },
  async (t) => {
    const { merge, proofId } = await accept(t);
    const wrong = [
      'limit=0',
      'limit=101',
      'limit=ten',
      'limit=2.5',
      'limit=-1',
      'status=done',
      `cursor=${t.random.id(12)}!`,
    ];
    for (const parameter of wrong) {
      const response = await t.http.get(`/api/v1/proofs?contributor=${merge.login}&${parameter}`);
      mustName(mustBeProblem(response, 400, `proofs with ${parameter}`), [parameter.split('=')[0] ?? '']);
    }
    const { items } = await proofsOf(t, `contributor=${merge.login}&limit=100&colour=blue`);
    must(items[0]?.id === proofId, 'good parameters beside an unknown one did not find the proof');
  },
);

probe(
  'error-leak',
  {
    id: 'errors-keep-secrets',
    title: 'Errors tell nothing about the inside of the service',
    points: 2,
    why: 'Stack traces and messages of libraries show paths and versions: a map for whoever looks for a way in.',
    remedy:
      'Write the details of unexpected errors to the log, and answer with a fixed sentence and the request id.',
    questions: [
      {
        ask: 'Express shows stack traces in some cases and not in others. When?',
        listenFor:
          'Its default handler does unless NODE_ENV is production; so an own handler at the end, not trust in a variable.',
      },
    ],
  },
  {
    requests: (t: CheckContext): ProbeRequest[] => [
      { method: 'POST', path: WEBHOOK, body: '{"action":', headers: deliveryHeaders(t, '{"action":') },
      { method: 'GET', path: '/api/v1/proofs/%E0%A4%A' },
    ],
    known: async (t: CheckContext): Promise<ProbeRequest> => ({
      method: 'GET',
      path: `/api/v1/proofs/${(await accept(t)).proofId}`,
    }),
  },
);

function mustBeProblem(response: Response, status: number, because: string): Problem {
  expectStatus(response, status, because);
  const type = response.headers['content-type'] ?? 'none';
  must(type.startsWith('application/problem+json'), `${because}: the answer was no problem document`, {
    expected: 'application/problem+json',
    observed: type,
  });
  const problem = response.json<Problem | null>();
  const isWhole =
    typeof problem?.title === 'string' && typeof problem.detail === 'string' && problem.status === status;
  must(isWhole, `${because}: the problem document was not whole`, {
    expected: `title, detail and status ${status}`,
    observed: response.text.slice(0, 300),
  });
  return problem;
}

function mustName(problem: Problem, fields: readonly string[]): void {
  const list = Array.isArray(problem.errors) ? problem.errors : [];
  const named = list.map(({ field }) => String(field)).sort();
  const expected = [...fields].sort();
  must(named.join() === expected.join(), 'errors did not name exactly what is wrong', {
    expected: expected.join(', '),
    observed: named.join(', ') || 'nothing',
  });
  must(
    list.every(({ reason }) => typeof reason === 'string' && reason !== ''),
    'an error had no reason',
  );
}
