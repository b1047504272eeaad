import { check, expectStatus, must, type Response } from 'assayer/kit';
import { accept, deliver, proofsOf } from './support/service.js';

check(
  {
    id: 'security-headers',
    title: 'Every answer carries the security headers, and none names the framework',
    topic: 'T9',
    practice: '9.4',
    level: 'junior',
    dimension: 'security',
    points: 2,
    why: 'Names and titles from outside are in our answers. These headers keep browsers from running, framing or guessing at them.',
    remedy:
      'Set the headers in the first middleware, so that errors carry them too, and switch X-Powered-By off.',
    questions: [
      {
        ask: 'What does a Content-Security-Policy do for an API that serves no pages?',
        listenFor:
          'An answer that is opened directly in a browser stays inert; cheap insurance against a wrong content type.',
      },
    ],
  },
  async (t) => {
    const { proofId, response } = await accept(t);
    const found = await t.http.get(`/api/v1/proofs/${proofId}`);
    expectStatus(found, 200, 'a proof');
    const absent = await t.http.get(`/${t.random.id()}`);
    expectStatus(absent, 404, 'an unknown path');
    const refused = await deliver(t, '{}', { secret: t.random.hex(8) });
    expectStatus(refused, 401, 'a wrong signature');
    for (const answer of [response, found, absent, refused]) mustBeHardened(answer);
  },
);

check(
  {
    id: 'compression',
    title: 'Large bodies are compressed for those who can read it, small ones never',
    topic: 'T10',
    practice: '10.5',
    level: 'junior',
    dimension: 'performance',
    points: 2,
    why: 'Lists shrink to a tenth, which phones feel; compressing a hundred bytes costs more than it saves.',
    remedy: 'Compress from 1024 bytes on by Accept-Encoding, send Vary, and leave the event stream out.',
    questions: [
      {
        ask: 'What breaks when a compressing middleware meets an event stream?',
        listenFor:
          'It buffers until it has a block worth compressing, so events arrive late; exclude it or flush after each.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    const made = await Promise.all(
      Array.from({ length: 6 }, () => accept(t, { login, title: t.random.words(20) })),
    );
    const list = `/api/v1/proofs?contributor=${login}`;
    must(
      (await proofsOf(t, `contributor=${login}`)).items.length === made.length,
      'not all proofs were listed',
    );

    const plain = await t.http.get(list, { headers: { 'accept-encoding': 'identity' } });
    mustHaveEncoding(plain, ['', 'identity'], 'a list for somebody who cannot decompress');
    const packed = await t.http.get(list, { headers: { 'accept-encoding': 'gzip' } });
    mustHaveEncoding(packed, ['gzip'], 'a list for somebody who takes gzip');
    must(/accept-encoding/i.test(packed.headers['vary'] ?? ''), 'Vary did not name Accept-Encoding', {
      expected: 'accept-encoding',
      observed: packed.headers['vary'] ?? 'none',
    });
    t.measure('list on the wire', packed.wireBytes, 'bytes', `under ${plain.wireBytes} bytes`);
    must(packed.wireBytes < plain.wireBytes / 2, 'compression did not halve the list', {
      expected: `under half of ${plain.wireBytes} bytes`,
      observed: `${packed.wireBytes} bytes`,
    });

    const small = await t.http.get(`/api/v1/proofs/${made[0]?.proofId}/commitment`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expectStatus(small, 200, 'a small body');
    mustHaveEncoding(small, ['', 'identity'], 'a body of a hundred bytes');
  },
);

function mustBeHardened({ headers, status }: Response): void {
  const policy = headers['content-security-policy'] ?? '';
  const age = Number(/max-age\s*=\s*"?(\d+)/i.exec(headers['strict-transport-security'] ?? '')?.[1] ?? 0);
  const faults = [
    (headers['x-content-type-options'] ?? '').toLowerCase() !== 'nosniff' && 'X-Content-Type-Options',
    !(/default-src\s+'none'/.test(policy) && /frame-ancestors\s+'none'/.test(policy)) &&
      'Content-Security-Policy',
    (headers['referrer-policy'] ?? '').toLowerCase() !== 'no-referrer' && 'Referrer-Policy',
    age < 31_536_000 && 'Strict-Transport-Security',
    headers['x-powered-by'] !== undefined && 'X-Powered-By',
  ].filter((fault) => fault !== false);
  must(faults.length === 0, `headers of an answer with status ${status} were not as agreed`, {
    observed: `wrong: ${faults.join(', ')}`,
  });
}

function mustHaveEncoding({ headers }: Response, allowed: readonly string[], what: string): void {
  const encoding = headers['content-encoding'] ?? '';
  must(
    allowed.includes(encoding),
    `${what} did not come ${allowed.at(-1) === 'gzip' ? 'compressed' : 'as it is'}`,
    {
      expected: allowed.at(-1) ?? '',
      observed: encoding || 'not compressed',
    },
  );
}
