import { check, expectStatus, must, sourceCheck } from 'assayer/kit';
import { aMerge, eventOf } from './support/merges.js';
import { accept, deliver, proofIdOf, proofOf, proofsOf, secretOf, signatureOf } from './support/service.js';

const signature = { topic: 'T1', practice: '1.2', dimension: 'security' } as const;

check(
  {
    ...signature,
    id: 'signature-tampered',
    title: 'A delivery whose body was changed after signing is refused',
    level: 'junior',
    points: 3,
    why: 'The endpoint is public. Without this, anyone can invent merges and have credentials minted in our name.',
    remedy:
      'Compute HMAC-SHA256 over the received body with the shared secret and answer 401 unless it equals the header.',
    questions: [
      {
        ask: 'What exactly does a webhook signature prove, and what does it not prove?',
        listenFor:
          'That the holder of the secret sent these bytes. Not freshness: a replay is valid, so deduplication is still needed.',
      },
    ],
  },
  async (t) => {
    const genuine = await accept(t);
    const forged = aMerge(t.random);
    const signed = signatureOf(secretOf(t), JSON.stringify(eventOf(aMerge(t.random))));
    const refused = await deliver(t, eventOf(forged), {
      headers: { 'x-hub-signature-256': signed },
      label: "Another body's signature",
    });
    expectStatus(refused, 401, 'a body that the signature was not made for');
    const kept = await proofsOf(t, `contributor=${forged.login}`);
    must(kept.items.length === 0, 'a refused delivery left a proof behind');
    const known = await proofsOf(t, `contributor=${genuine.merge.login}`);
    must(known.items.length === 1, 'the genuine delivery made no proof');
  },
);

check(
  {
    ...signature,
    id: 'signature-required',
    title: 'A delivery without a signature, or signed with another secret, is refused',
    level: 'junior',
    points: 2,
    why: 'A check that is skipped when the header is absent protects against nobody: attackers simply leave it out.',
    remedy: 'Treat a missing header exactly like a wrong one, and answer 401 to both.',
    questions: [
      {
        ask: 'How would you change the webhook secret without losing a delivery?',
        listenFor:
          'Accept old and new secret for a while, change it at the sender, then drop the old; never switch checking off.',
      },
    ],
  },
  async (t) => {
    const event = eventOf(aMerge(t.random));
    const unsigned = await deliver(t, event, {
      headers: { 'x-hub-signature-256': '' },
      label: 'No signature',
    });
    expectStatus(unsigned, 401, 'a delivery without a signature');
    const foreign = await deliver(t, event, {
      secret: t.random.hex(24),
      label: 'Signed with another secret',
    });
    expectStatus(foreign, 401, 'a delivery signed with another secret');
    proofIdOf(await deliver(t, event), 202, 'accepted', 'the same delivery, properly signed');
  },
);

check(
  {
    ...signature,
    id: 'signature-raw-body',
    title: 'The signature is checked over the bytes as they were sent',
    level: 'mid',
    points: 3,
    why: 'Parsing and printing JSON again changes spacing, escapes and numbers. A service that signs its own print refuses genuine deliveries, and does so only now and then.',
    remedy: 'Keep the raw body (a Buffer) until the signature is checked; parse it only afterwards.',
    questions: [
      {
        ask: 'Your framework parses JSON before your handler runs. How do you get at the raw bytes, and what does that cost?',
        listenFor:
          'A raw body parser on that route or a verify hook; only there, with a size limit; no global buffering of all requests.',
      },
    ],
  },
  async (t) => {
    const merge = aMerge(t.random, { title: `Grüße & <${t.random.words(2)}> ✓` });
    const odd = oddlyPrinted(eventOf(merge));
    const proofId = proofIdOf(
      await deliver(t, odd, { label: 'Oddly printed' }),
      202,
      'accepted',
      'an oddly printed body',
    );
    const proof = await proofOf(t, proofId);
    must(proof.pullRequest?.title === merge.title, 'the title did not arrive unharmed', {
      expected: merge.title,
      observed: String(proof.pullRequest?.title),
    });

    const other = eventOf(aMerge(t.random));
    const refused = await deliver(t, oddlyPrinted(other), {
      headers: { 'x-hub-signature-256': signatureOf(secretOf(t), JSON.stringify(other)) },
      label: 'Signature over another print of the same values',
    });
    expectStatus(refused, 401, 'a signature over other bytes with the same meaning');
  },
);

check(
  {
    ...signature,
    id: 'signature-malformed',
    title: 'Whatever stands in the signature header, the answer is a 401',
    level: 'mid',
    points: 3,
    why: 'Comparing in constant time throws on inputs of different length, and hex decoders skip what they cannot read. Both turn into a 500, or into a forged pass.',
    remedy:
      'Match the header against ^sha256=[0-9a-f]{64}$ first; then compare equally long buffers with crypto.timingSafeEqual.',
    questions: [
      {
        ask: 'Why compare with timingSafeEqual, and what must hold before you may call it?',
        listenFor:
          'An early exit leaks how much of a guess was right; both buffers must have the same length or it throws.',
      },
      {
        ask: 'Why not take the algorithm from the header?',
        listenFor:
          'The attacker chooses the header: downgrade to sha1 or worse. The receiver fixes the algorithm.',
      },
    ],
  },
  async (t) => {
    const text = JSON.stringify(eventOf(aMerge(t.random)));
    const good = signatureOf(secretOf(t), text);
    const hex = good.slice('sha256='.length);
    const rubbish = [
      'sha256=',
      hex,
      good.slice(0, -2),
      `${good}${t.random.hex(1)}`,
      `${good}zz`,
      `sha256=${'g'.repeat(64)}`,
      `sha256=${'é'.repeat(64)}`,
      `sha256=${t.random.hex(5000)}`,
      signatureOf(secretOf(t), text, 'sha1'),
      signatureOf(secretOf(t), text, 'sha512'),
      `sha1=${hex}`,
      '{"sha256":true}',
    ];
    for (const value of rubbish) {
      const label = `Signature ${value.slice(0, 24)}… of ${value.length} characters`;
      const response = await deliver(t, text, { headers: { 'x-hub-signature-256': value }, label });
      expectStatus(
        response,
        401,
        `a signature header of ${value.length} characters that is not the right one`,
      );
    }
    proofIdOf(await deliver(t, text), 202, 'accepted', 'the same delivery, properly signed');
  },
);

/** The same values in a print that no serialiser makes by itself. */
function oddlyPrinted(value: unknown): string {
  const escaped = JSON.stringify(value, null, 3).replace(/\//g, '\\/');
  return ` \n${escaped.replace(/[^\x00-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n\n`;
}

sourceCheck({
  ...signature,
  id: 'signature-constant-time',
  title: 'The signature is compared in constant time',
  level: 'mid',
  points: 1,
  why: 'A comparison that stops at the first difference takes longer the more of a guess is right, so that a signature can be found byte by byte.',
  remedy: 'Compare buffers of the same length with crypto.timingSafeEqual instead of texts with ===.',
  questions: [
    {
      ask: 'How would somebody forge a signature that is compared with ===, and what stands in their way on a real network?',
      listenFor:
        'Measuring which guesses take longer, byte by byte; noise demands many tries, which is no reason to leave it open.',
    },
  ],
  sought: {
    what: 'a comparison in constant time',
    calls: ['timingSafeEqual'],
    packages: [
      'tsscmp',
      'scmp',
      'safe-compare',
      'secure-compare',
      'buffer-equal-constant-time',
      '@octokit/webhooks',
      '@octokit/webhooks-methods',
    ],
  },
});
