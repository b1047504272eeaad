import type { CheckMeta } from '../../../assessments/kit/index.js';
import { row } from './row.js';

/** T1 and T2: deliveries, minting, the live stream. */
export const EVENT_CHECKS: readonly CheckMeta[] = [
  row('valid-signature-accepted', 'T1 1.2 junior correctness 2', {
    title: 'A correctly signed delivery is accepted',
    why: 'A receiver that refuses real deliveries loses business events for good: GitHub does not try for ever.',
    remedy:
      'Compute HMAC-SHA256 over the raw request body with the shared secret and compare it with the header.',
    ask: 'Walk me through what happens between the first byte of a delivery and your 202.',
    listenFor:
      'Raw body kept, signature first, parsing second, persistence before the answer, minting after it.',
  }),
  row('tampered-body-refused', 'T1 1.2 junior security 3', {
    title: 'A delivery whose body was changed is refused with 401',
    why: 'Without it anybody who knows the URL can invent merged pull requests, and every credential built on them.',
    remedy: 'Refuse with 401 before parsing when the signature does not belong to these bytes.',
    ask: 'What can an attacker do who knows your webhook URL but not the secret?',
    listenFor: 'Nothing beyond cost: refusal before parsing, size limit, no difference in timing or wording.',
  }),
  row('signature-over-raw-bytes', 'T1 1.2 mid security 3', {
    title: 'Signatures are checked over the bytes as sent, not over parsed JSON',
    publicTitle: 'Unusual but validly signed deliveries are accepted',
    why: 'JSON written again differs in spacing, key order or escapes, so valid deliveries fail at random.',
    remedy: 'Keep the raw body (for example with the verify hook of express.json) and sign that.',
    ask: 'Why is JSON.stringify(req.body) not good enough for checking a signature?',
    listenFor: 'Signatures cover bytes; key order, numbers, escapes and spacing do not survive a round trip.',
  }),
  row('malformed-signature-refused', 'T1 1.2 mid security 2', {
    title: 'Rubbish in the signature header gives 401, never 500',
    publicTitle: 'Malformed signatures are refused',
    why: 'timingSafeEqual throws on different lengths; an unguarded call turns a probe into a crash or a stack trace.',
    remedy: 'Compare lengths first, and only then in constant time.',
    ask: 'What does crypto.timingSafeEqual do when the two buffers differ in length?',
    listenFor: 'It throws. Compare lengths (or digests of both) first; the length of a digest is no secret.',
  }),
  row('same-delivery-twice', 'T1 1.4 junior correctness 3', {
    title: 'The same delivery sent twice makes one proof and one credential',
    why: 'Providers deliver at least once. Each extra credential costs money and has to be revoked by hand.',
    remedy:
      'Key proofs by pull request id with a unique constraint, and answer a repeat with the proof it has.',
    ask: 'How do you know that a delivery is a repeat, and where is that knowledge kept?',
    listenFor: 'By the business key (pull request id), in durable storage, decided atomically.',
  }),
  row('twenty-at-once', 'T1 1.4 mid correctness 4', {
    title: 'Twenty simultaneous reports of one merge make one credential',
    why: 'Check-then-insert passes every sequential test and fails on the first busy day.',
    remedy:
      'Let one atomic operation decide: a unique index, or one in-flight promise per key in a single process.',
    ask: 'Two reports of the same merge arrive in the same millisecond. Which line of your code decides who wins?',
    listenFor: 'Names one atomic point; knows that an await between check and insert opens the race.',
  }),
  row('resume-after-crash', 'T1 1.4 senior correctness 4', {
    title: 'Pending mints go on after a crash, with the same idempotency key',
    publicTitle: 'Accepted work survives an unexpected end of the process',
    why: 'A 202 is a promise. Work that lives in memory only is lost at each deploy, and nobody notices.',
    remedy: 'Write the proof and its key before answering, and pick up everything pending at start.',
    ask: 'Your process is killed right after the 202. What is on disk, and what happens at the next start?',
    listenFor: 'Proof and key are durable before the 202; a start-up scan resumes with the same key.',
  }),
  row('answers-before-minting', 'T1 1.3 junior correctness 2', {
    title: 'A delivery is answered within a second however slow the registry is',
    why: 'GitHub gives up after ten seconds and counts the delivery as failed.',
    remedy: 'Store, answer 202, and mint afterwards in the background.',
    ask: 'Which parts of the work happen before the answer, and why?',
    listenFor: 'Only what the promise needs: verify, validate, persist.',
  }),
  row('retry-until-minted', 'T1 1.3 junior correctness 2', {
    title: 'A mint that fails for a passing reason is tried again until it works',
    why: 'Most failures of a partner pass within seconds.',
    remedy: 'Retry on connection errors, time-outs, 429 and 5xx.',
    ask: 'Which failures of the registry do you try again, and which not?',
    listenFor: 'Passing ones only; a 4xx is an answer. Mentions that only idempotent calls may be repeated.',
  }),
  row('backoff-with-jitter', 'T1 1.3 mid correctness 3', {
    title: 'Pauses between attempts double each time and vary at random',
    why: 'A thousand clients that retry in step keep a recovering partner down.',
    remedy: 'Wait base × 2^(n−1) × random(0.5, 1.5), drawn anew for each attempt.',
    ask: 'What does jitter protect, you or the registry? What happens without it after an outage?',
    listenFor: 'The registry: synchronised retries. Knows full or equal jitter and a cap.',
  }),
  row('retry-after-honoured', 'T1 1.3 mid correctness 2', {
    title: 'The next attempt waits as long as Retry-After says',
    why: 'Coming back early turns a rate limit into a ban.',
    remedy: 'Use the larger of your own pause and Retry-After.',
    ask: 'The registry says 429 with Retry-After: 3, your backoff says 400 ms. What do you do, and for which proofs?',
    listenFor: 'The larger wins; the limit is per client, so other proofs should hold back too.',
  }),
  row('retry-after-date', 'T1 1.3 senior correctness 1', {
    title: 'Retry-After given as an HTTP date is honoured',
    why: 'Both forms are in the standard, and proxies send the other one.',
    remedy: 'Parse seconds, else a date; ignore what is neither.',
    ask: 'Which forms may Retry-After have?',
    listenFor: 'Seconds or an HTTP date; a bound on what is believed.',
  }),
  row('streams-released', 'T1 1.1 senior correctness 3', {
    title: 'Fifty streams that come and go leave no listener behind',
    publicTitle: 'Live event streams are released with their client',
    why: 'A listener left for each visitor is a leak that takes days to bring the service down, always at night.',
    remedy: 'Remove the listener on close of the response, in one place.',
    ask: 'How would you find out in production that event listeners leak?',
    listenFor: 'A gauge of open streams, heap growth over hours, MaxListenersExceededWarning in the logs.',
  }),
  row('stream-resumed', 'T1 1.1 senior correctness 2', {
    title: 'A reconnecting client gets what it missed, in order and once',
    why: 'Dashboards on trains reconnect all day.',
    remedy:
      'Number events, keep the last few hundred, and replay what follows Last-Event-ID before going live.',
    ask: 'How do you avoid a gap or a double between the replay and the live events?',
    listenFor: 'Subscribe and snapshot in one synchronous step, or compare ids.',
  }),
  row('readiness-follows-registry', 'T2 2.1 mid correctness 2', {
    title: 'Readiness turns 503 while the registry is down, and back',
    why: 'The load balancer must know who can serve, without anybody being restarted for a partner’s outage.',
    remedy: 'Probe the dependency in /readyz alone; keep /healthz about the process.',
    ask: 'Why are liveness and readiness two endpoints?',
    listenFor: 'Restart against routing; a liveness probe that looks at dependencies causes restart storms.',
  }),
  row('request-id-downstream', 'T2 2.2 mid correctness 2', {
    title: 'The request id of a delivery travels to the registry',
    why: 'It is the only thread that ties a complaint of the partner to one of your requests.',
    remedy: 'Store the id with the proof and send it with each mint.',
    ask: 'How does the id survive from the request to a retry twenty seconds later?',
    listenFor: 'Kept with the job, not in request-local storage alone.',
  }),
];
