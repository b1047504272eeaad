import type { Finding } from '../../../assessments/kit/index.js';
import { accepted, call, delivery, http, log, measure, note, problem, upstream } from './evidence.js';

type Lost = Pick<
  Finding,
  'outcome' | 'fraction' | 'message' | 'expected' | 'observed' | 'evidence' | 'durationMs'
>;

/** The checks that did not simply pass: a solid mid-level solution that keeps its pending work in memory. */
export const LOST: Readonly<Record<string, Lost>> = {
  'resume-after-crash': {
    outcome: 'fail',
    fraction: 0,
    message: 'The proof was still pending 6 s after the restart and the registry was never called again.',
    expected: 'the pending mint goes on within 5 s of the restart, with its old key',
    observed: 'no call to the registry in 6 s',
    durationMs: 8412,
    evidence: [
      delivery(accepted, { label: 'A delivery is promised', ms: 6.1 }),
      upstream(call(41, 503, 12), call(262, 503, 9)),
      note(
        'The service was killed with SIGKILL 300 ms after its answer, and started again on the same data directory.',
      ),
      http(
        'GET',
        '/api/v1/proofs/prf_8c1f07aa',
        {
          status: 200,
          body: { id: 'prf_8c1f07aa', contributor: 'ada-wren', status: 'pending', credentialId: null },
        },
        { label: 'Six seconds after the restart', ms: 2.4 },
      ),
      log(
        'service, second start',
        '{"level":"info","time":"2026-11-22T09:14:31.022Z","msg":"listening","port":3000}',
        '{"level":"info","time":"2026-11-22T09:14:31.040Z","msg":"loaded","proofs":1,"credentials":0}',
      ),
    ],
  },
  'retry-after-date': {
    outcome: 'fail',
    fraction: 0,
    message: 'The next attempt came after 0.4 s although Retry-After named a moment 2 s later.',
    expected: 'at least 2000 ms',
    observed: '412 ms',
    durationMs: 2650,
    evidence: [
      delivery(accepted),
      upstream(call(38, 429, 4), call(454, 201, 21)),
      measure('pause before the next attempt', 412, 'ms', 'at least 2000 ms'),
    ],
  },
  'streams-released': {
    outcome: 'fail',
    fraction: 0,
    message: 'Fifty streams were closed, and sse_clients still said 50 two seconds later.',
    expected: 'sse_clients 0 within 2 s',
    observed: 'sse_clients 50, and a MaxListenersExceededWarning',
    durationMs: 5230,
    evidence: [
      measure('sse_clients after all were closed', 50, 'streams', 'at most 0'),
      measure('heap growth over 500 streams', 11.8, 'MB', 'at most 4 MB'),
      http('GET', '/metrics', {
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: '# TYPE sse_clients gauge\nsse_clients 50\n',
      }),
      log(
        'standard error',
        '(node:17) MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 proof listeners added.',
        'Use emitter.setMaxListeners() to increase limit',
      ),
    ],
  },
  'stream-resumed': {
    outcome: 'partial',
    fraction: 0.5,
    message: 'Everything missed was replayed, but one event came twice.',
    expected: 'events 4, 5, 6, 7 once each',
    observed: 'events 4, 5, 6, 6, 7',
    durationMs: 1240,
    evidence: [
      note('Last-Event-ID: 3; four events had happened since, the last while the client was connecting.'),
    ],
  },
  'timed-out-call-closed': {
    outcome: 'fail',
    fraction: 0,
    message: 'The caller got its 504, but the connection to the registry stayed open for another 9 s.',
    expected: 'the registry sees the call aborted within 1.5 s',
    observed: 'still open after 10 s',
    durationMs: 10330,
    evidence: [
      http('GET', '/api/v1/issuer', problem(504, 'Gateway timeout', 'The registry did not answer in time.'), {
        ms: 1012,
      }),
      upstream(call(14, null, null, { method: 'GET', path: '/v1/issuer', body: '' })),
    ],
  },
  'mint-log-correlated': {
    outcome: 'fail',
    fraction: 0,
    message: 'Three log lines were about the mint; none carried the request id of the delivery.',
    expected: 'requestId dlv-93ab7715 in each line about the mint',
    observed: 'no requestId',
    durationMs: 890,
    evidence: [
      delivery(accepted, { headers: { 'x-request-id': 'dlv-93ab7715' } }),
      log(
        'service',
        '{"level":"info","time":"2026-11-22T09:14:02.118Z","msg":"request","method":"POST","path":"/api/v1/webhooks/github","status":202,"requestId":"dlv-93ab7715"}',
        '{"level":"warn","time":"2026-11-22T09:14:02.160Z","msg":"mint failed","attempt":1,"status":503}',
        '{"level":"warn","time":"2026-11-22T09:14:02.371Z","msg":"mint failed","attempt":2,"status":503}',
        '{"level":"info","time":"2026-11-22T09:14:02.822Z","msg":"minted","proofId":"prf_8c1f07aa"}',
      ),
    ],
  },
  'security-headers': {
    outcome: 'partial',
    fraction: 0.75,
    message: 'Present on ordinary answers; Strict-Transport-Security is missing on 404 and 405.',
    expected: 'the four headers on every answer',
    observed: 'strict-transport-security missing on 2 of 9 answers',
    durationMs: 48,
    evidence: [
      http('GET', '/healthz', {
        status: 200,
        body: { status: 'ok' },
        headers: { 'strict-transport-security': 'max-age=31536000' },
      }),
      http('GET', '/api/v1/nothing-here', problem(404, 'Not found', 'There is nothing at this path.')),
    ],
  },
  'oversize-chunked': {
    outcome: 'fail',
    fraction: 0,
    message: 'A body of 1 MiB sent in chunks was read to its end and answered with 401 instead of 413.',
    expected: 'status 413, at most 320 KiB read',
    observed: 'status 401 after 1,048,576 bytes',
    durationMs: 131,
    evidence: [
      delivery(problem(413, 'Payload too large', 'At most 262144 bytes.'), {
        label: 'Twin: the same size with a length',
        body: '(1 MiB)',
      }),
      delivery(problem(401, 'Unauthorized', 'The signature does not match.'), {
        label: 'In chunks, without a length',
        headers: { 'transfer-encoding': 'chunked', 'x-hub-signature-256': 'sha256=00' },
        body: '(1 MiB in chunks of 16 KiB)',
        ms: 96,
      }),
    ],
  },
  'event-loop-free': {
    outcome: 'fail',
    fraction: 0,
    message: 'While 24 commitments were being computed, /healthz took up to 1840 ms.',
    expected: 'slowest /healthz at most 300 ms',
    observed: '1840 ms',
    durationMs: 4120,
    evidence: [
      measure('slowest /healthz during the work', 1840, 'ms', 'at most 300 ms'),
      measure('slowest /healthz before it', 3, 'ms', null),
      {
        kind: 'source',
        file: 'src/commitment.js',
        line: 9,
        snippet: 'const hash = scryptSync(password, salt, 32, { N: 16384, r: 8, p: 1 });',
      },
      http('GET', '/healthz', { status: 200, body: { status: 'ok' } }, { ms: 1840 }),
    ],
  },
  'graceful-shutdown': {
    outcome: 'error',
    fraction: null,
    message:
      'The control channel did not report the exit of the service in time. This is a fault of the platform.',
    expected: null,
    observed: null,
    durationMs: 15000,
    evidence: [],
  },
  'cost-per-request': {
    outcome: 'inconclusive',
    fraction: null,
    message:
      'The reference disagreed with itself by 14 % while this was measured: the machine was too busy to tell.',
    expected: null,
    observed: null,
    durationMs: 20480,
    evidence: [measure('spread of the reference', 14, '%', 'at most 3 %')],
  },
  'vulnerable-dependencies': {
    outcome: 'notApplicable',
    fraction: null,
    message: 'The submission has no dependencies.',
    expected: null,
    observed: null,
    durationMs: 2,
    evidence: [],
  },
};
