import { check, must } from 'assayer/kit';
import { failing, mintsOf, mintsSeen, pausesOf, registry, settingOf, showCalls } from './support/registry.js';
import { accept, settled } from './support/service.js';
import { eventAbout, openStream } from './support/streams.js';

const retries = { topic: 'T1', practice: '1.3', dimension: 'correctness' } as const;

/** Timers and the machine's business make pauses longer, never much shorter. */
const EARLY = 0.85;
const LATE_MS = 800;

check(
  {
    ...retries,
    id: 'retry-backoff',
    title: 'The pauses between attempts double',
    level: 'mid',
    timed: true,
    points: 3,
    why: 'A registry that is down comes back sooner when it is left alone. Fixed short pauses keep it down.',
    remedy: 'Pause RETRY_BASE_MS × 2^(n−1) × (0.5 to 1.5) before the n-th retry.',
    questions: [
      {
        ask: 'What would be the longest time that a mint stays pending with your settings? Is that acceptable?',
        listenFor:
          'Can add up the series; thinks about a cap on the pause, about alerts, and about what the product needs.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { times: 3 }));
    const { merge, proofId } = await accept(t, { login });
    await settled(t, proofId, 'minted', 8000);
    const pauses = pausesOf(await mintsSeen(t, merge.login, 4));
    const base = settingOf(t, 'RETRY_BASE_MS');
    pauses.slice(0, 3).forEach((ms, i) => {
      const nominal = base * 2 ** i;
      const range = `${nominal * 0.5} to ${nominal * 1.5} ms`;
      t.measure(`pause before retry ${i + 1}`, ms, 'ms', range);
      must(
        ms >= nominal * 0.5 * EARLY && ms <= nominal * 1.5 + LATE_MS,
        `the pause before retry ${i + 1} was too short or too long`,
        {
          expected: range,
          observed: `${ms} ms`,
        },
      );
    });
  },
);

check(
  {
    ...retries,
    id: 'retry-jitter',
    title: 'The pauses are spread out by chance',
    level: 'mid',
    points: 2,
    why: 'Mints that failed together would otherwise come back together, and knock the registry over in step.',
    remedy: 'Multiply each pause by a random factor from 0.5 to 1.5, drawn anew each time.',
    questions: [
      {
        ask: 'What goes wrong with exponential backoff without jitter?',
        listenFor: 'Synchronised clients (thundering herd); the peaks stay as high and only move apart.',
      },
    ],
  },
  async (t) => {
    const logins = Array.from({ length: 10 }, () => t.random.name());
    registry(t).script(...logins.map((login) => failing(login)));
    const taken = await Promise.all(logins.map((login) => accept(t, { login })));
    await Promise.all(taken.map(({ proofId }) => settled(t, proofId, 'failed', 9000)));

    const base = settingOf(t, 'RETRY_BASE_MS');
    const factors = logins
      .flatMap((login) => pausesOf(mintsOf(t, login)).map((ms, i) => ms / (base * 2 ** i)))
      .sort((a, b) => a - b);
    showCalls(t, mintsOf(t, logins[0] ?? ''));
    must(factors.length >= 20, 'failed mints were hardly tried again', {
      observed: `${factors.length} further attempts`,
    });
    const at = (share: number): number => factors[Math.floor((factors.length - 1) * share)] ?? 0;
    const rounded = (value: number): number => Math.round(value * 100) / 100;
    const spread = rounded(at(0.85) - at(0.15));
    t.measure('spread of the random factor (15th to 85th of 100)', spread, '', 'over 0.2; ideal 0.7');
    t.measure('smallest random factor', rounded(at(0)), '', 'under 0.9; ideal 0.5');
    // A busy machine makes pauses longer and so spreads them, but never makes one shorter than it was meant to be.
    must(
      spread > 0.2 && at(0) < 0.9,
      'mints that failed together paused alike, or none of them for less than the nominal time',
      {
        expected: 'factors from about 0.5 to 1.5',
        observed: `${rounded(at(0))} to ${rounded(at(1))}, spread ${spread}`,
      },
    );
  },
);

check(
  {
    ...retries,
    id: 'retry-after-seconds',
    title: 'No attempt comes earlier than Retry-After says',
    level: 'mid',
    points: 3,
    why: 'A registry that says when to come back and is not heeded blocks the caller, and with it all credentials.',
    remedy: 'Read Retry-After from the answer and wait for the longer of it and your own pause.',
    questions: [
      {
        ask: 'The registry says "Retry-After: 86400". What should happen?',
        listenFor:
          'Does not hold memory or a slot for a day without thought: a cap, a durable schedule, an alert; knows what theirs does.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { times: 1, status: 429, headers: { 'Retry-After': '1' } }));
    const { merge, proofId } = await accept(t, { login });
    await settled(t, proofId, 'minted', 8000);
    const [pause = 0] = pausesOf(await mintsSeen(t, merge.login, 2));
    t.measure('pause after Retry-After: 1', pause, 'ms', 'at least 1000 ms');
    must(pause >= 950, 'the pause was shorter than Retry-After asks', {
      expected: '1000 ms',
      observed: `${pause} ms`,
    });
  },
);

check(
  {
    ...retries,
    id: 'retry-after-date',
    title: 'Retry-After is understood as a date too',
    level: 'senior',
    points: 2,
    why: 'HTTP allows both forms, and proxies like to send the other one. Number("Sun, 06 Nov…") is NaN, and a pause of NaN is none.',
    remedy:
      'Parse digits as seconds, anything else with Date.parse; fall back to your own pause when neither fits.',
    questions: [
      {
        ask: 'What does setTimeout do with NaN, and with three billion milliseconds?',
        listenFor:
          'Fires after 1 ms in both cases (overflow of 32 bits); values from outside are to be checked and capped.',
      },
    ],
  },
  async (t) => {
    // A date has whole seconds: the second after the next one.
    const due = Math.ceil((Date.now() + 1000) / 1000) * 1000;
    const login = t.random.name();
    registry(t).script(failing(login, { times: 1, headers: { 'Retry-After': new Date(due).toUTCString() } }));
    const { merge, proofId } = await accept(t, { login });
    await mintsSeen(t, merge.login, 1);
    await t.eventually(() => mintsOf(t, merge.login).length > 1, { withinMs: 6000, everyMs: 10 });
    const early = due - Date.now();
    t.measure('the next attempt before the date', Math.max(0, early), 'ms', '0 ms');
    must(early < 100, 'the next attempt came before the date', {
      expected: 'at the date or later',
      observed: `${early} ms before it`,
    });
    await settled(t, proofId, 'minted');
  },
);

check(
  {
    ...retries,
    id: 'retry-limit',
    title: 'Attempts end at the limit, and everybody is told that the proof failed',
    level: 'mid',
    points: 3,
    why: 'Trying for ever hides a fault from everybody and costs the registry and us. A proof that failed can be seen and acted on.',
    remedy:
      'Count attempts, stop at RETRY_MAX_ATTEMPTS with the first included, set status failed with a reason, and publish proof.failed.',
    questions: [
      {
        ask: 'What happens to failed proofs in real life? Who notices, and what can they do?',
        listenFor:
          'A metric or alert, a list by status, a way to try again with the same key; not "look at the logs".',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login));
    const stream = await openStream(t);
    const { merge, proofId } = await accept(t, { login });
    await eventAbout(stream, 'proof.failed', proofId, 9000);
    const proof = await settled(t, proofId, 'failed');
    await t.sleep(300);
    const limit = settingOf(t, 'RETRY_MAX_ATTEMPTS');
    const calls = await mintsSeen(t, merge.login, 1);
    must(calls.length === limit, 'another number of attempts was made than the limit says', {
      expected: `${limit} calls`,
      observed: `${calls.length} calls`,
    });
    must(
      typeof proof.failure?.reason === 'string' && proof.failure.reason !== '',
      'a failed proof did not say why',
    );
    must(proof.credentialId === null, 'a failed proof named a credential');
  },
);

check(
  {
    ...retries,
    id: 'retry-not-on-refusal',
    title: 'A definite no is not asked again',
    level: 'mid',
    points: 2,
    why: 'A request that the registry finds wrong is wrong the next time as well. Repeating it uses up our rate and delays the news.',
    remedy: 'Let 4xx other than 429 end the mint at once: status failed, with the reason.',
    questions: [
      {
        ask: 'What about 401, 404, 408 and 409 from an upstream: which of them would you repeat, and when?',
        listenFor:
          'Reasons case by case: 401 after a token refresh, 408 as temporary, 404 after creation with eventual consistency; follows the contract here.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { status: t.random.pick([400, 403, 409, 422]) }));
    const { merge, proofId } = await accept(t, { login });
    await settled(t, proofId, 'failed');
    await t.sleep(settingOf(t, 'RETRY_BASE_MS') * 1.5 + 200);
    const calls = await mintsSeen(t, merge.login, 1);
    must(calls.length === 1, 'the mint was tried again after a refusal', {
      expected: '1 call',
      observed: `${calls.length} calls`,
    });
  },
);
