import type { CheckMeta } from '../../../assessments/kit/index.js';
import { row } from './row.js';

/** T3 and T4: asynchronous work and the API. */
export const API_CHECKS: readonly CheckMeta[] = [
  row('survives-upstream-rubbish', 'T3 3.1 junior correctness 2', {
    title: 'An upstream answer that is not JSON gives 502 and the service lives on',
    why: 'Gateways answer with HTML in every outage.',
    remedy: 'Parse inside the try, and treat what does not parse as a failed call.',
    ask: 'Where can a promise be rejected in your service without anybody listening?',
    listenFor: 'Background mints, timers, stream handlers; knows the default of unhandledRejection.',
  }),
  row('status-in-parallel', 'T3 3.2 junior performance 2', {
    title: 'Status of several credentials is asked for in parallel',
    why: 'Ten calls of 300 ms are three seconds one after another, and a third of one at once.',
    remedy: 'Promise.all (or allSettled) over the ids, bounded.',
    ask: 'When is it right to await inside a loop?',
    listenFor: 'When order or back-pressure matters; otherwise start all, then await.',
  }),
  row('calls-bounded', 'T3 3.2 senior correctness 3', {
    title: 'Never more calls to the registry open than allowed, of all kinds together',
    publicTitle: 'The stated bound on upstream calls is kept',
    why: 'A partner that limits connections answers bursts with a ban.',
    remedy: 'One semaphore in the registry client, around every call.',
    ask: 'Where does your limit of concurrent calls live, and what goes around it?',
    listenFor: 'One shared gate in the client; knows that a limit per request handler adds up.',
  }),
  row('partial-results', 'T3 3.3 mid correctness 3', {
    title: 'One failing upstream does not spoil the others',
    why: 'A page with nine of ten answers is useful; an error page is not.',
    remedy: 'Promise.allSettled, and name each failure.',
    ask: 'What does a caller of your status endpoint see when one of five calls fails?',
    listenFor: '200 with items and failed; each id in exactly one of them.',
  }),
  row('timeout-answers-504', 'T3 3.4 mid correctness 2', {
    title: 'A registry that never answers leads to a 504 in time',
    why: 'Without a deadline, one hanging partner fills the service with waiting requests.',
    remedy: 'AbortSignal.timeout on each call, counted from the call.',
    ask: 'Who decides how long a request may take, and where is that written down?',
    listenFor: 'A budget for each call below that of the caller.',
  }),
  row('timed-out-call-closed', 'T3 3.4 senior correctness 2', {
    title: 'The connection of a timed-out call is closed',
    why: 'Promise.race answers in time and leaks a socket each time.',
    remedy: 'Abort the request itself, do not only stop waiting.',
    ask: 'What is left behind when Promise.race loses patience?',
    listenFor: 'The call and its socket; cancellation needs a signal.',
  }),
  row('status-codes', 'T4 4.1 junior correctness 3', {
    title: 'Method, media type, body and missing fields each get their own status',
    why: 'Clients decide by status whether to fix, to retry or to give up.',
    remedy: 'Check in the order of the brief: 405, 413, 415, 401, 400, 422.',
    ask: 'When is 400 right, and when 422?',
    listenFor: 'Cannot be read against cannot be accepted; consistent use matters more than taste.',
  }),
  row('versioned-paths', 'T4 4.2 junior correctness 1', {
    title: 'The API lives under /api/v1 and nowhere else',
    why: 'Two roots are two contracts.',
    remedy: 'Mount one router once.',
    ask: 'How would you bring in v2?',
    listenFor: 'Side by side, additive first, with a date of end.',
  }),
  row('problem-json', 'T4 4.3 junior correctness 2', {
    title: 'Errors have one shape everywhere and name the field at fault',
    why: 'An error that names the field saves a support call.',
    remedy: 'One error handler that writes application/problem+json.',
    ask: 'Show me the path of a validation error from the check to the client.',
    listenFor: 'A typed error, one handler, no library text passed on.',
  }),
  row('rate-limit-per-account', 'T4 4.4 mid correctness 2', {
    title: 'One account in excess gets 429 with Retry-After, others none',
    why: 'One runaway script must not take the service from everybody.',
    remedy: 'Count by account id, with a window, and say when to come back.',
    ask: 'What does your limiter do at the edge of the window? And with two instances?',
    listenFor: 'Up to twice the limit with fixed windows; shared store with several instances.',
  }),
  row('stable-pages', 'T4 4.5 mid correctness 3', {
    title: 'Paging shows everything exactly once while new proofs arrive',
    why: 'Offsets shift under insertion: the reader sees doubles, or worse, gaps.',
    remedy: 'A cursor that names the last item seen, not a count.',
    ask: 'Why do offsets break under insertion?',
    listenFor: 'The set moves under the number; keyset paging by a stable order.',
  }),
  row('etag-304', 'T4 4.5 mid correctness 1', {
    title: 'An unchanged proof is answered with 304',
    why: 'Profiles poll; most of the time nothing has changed.',
    remedy: 'ETag from the content, compared with If-None-Match.',
    ask: 'What would you derive an ETag from?',
    listenFor: 'A version or a digest of the representation; knows weak tags.',
  }),
];
