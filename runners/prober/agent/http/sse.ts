import type { IncomingMessage } from 'node:http';
import type { EventStream, ServerSentEvent } from '../../../../assessments/kit/index.js';
import { ServiceError } from '../../../../assessments/kit/index.js';
import { decoded } from './body.js';
import { elapsed, type ClientSetup } from './setup.js';
import { begin, flatHeaders, type WireRequest } from './exchange.js';
import { explain } from './explain.js';
import { MAX_BODY_BYTES, MAX_SSE_EVENTS } from './limits.js';
import { recordExchange } from './record.js';
import { createSseParser } from './sseParser.js';

/**
 * Opens an event stream; resolves with the head of the answer, whatever its status. Reading stops at 1000 events or
 * 1 MiB. Recorded as evidence when it closes, which the end of the check does at the latest.
 */
export async function openEvents(
  setup: ClientSetup,
  wire: WireRequest,
  label: string | null,
): Promise<EventStream> {
  const start = performance.now();
  const { request, response } = begin(setup.address(), wire);
  const timer = setTimeout(
    () => request.destroy(new ServiceError(`did not open the event stream within ${wire.timeoutMs} ms`)),
    wire.timeoutMs,
  );
  let head: IncomingMessage;
  try {
    head = await response;
  } catch (error) {
    request.destroy();
    const explained = explain(error, wire);
    const failure = explained instanceof Error ? explained.message : String(explained);
    setup.cite({
      kind: 'http',
      label,
      exchange: recordExchange(setup.mask, wire, null, failure, elapsed(start)),
    });
    throw explained;
  } finally {
    clearTimeout(timer);
  }

  const received: ServerSentEvent[] = [];
  const waiting = new Set<() => void>();
  const wakeAll = (): void => [...waiting].forEach((wake) => wake());
  let text = '';
  let open = true;

  const close = (): void => {
    if (!open) return;
    open = false;
    request.destroy();
    const answer = { status: head.statusCode ?? 0, headers: flatHeaders(head), text, wireBytes: text.length };
    setup.cite({
      kind: 'http',
      label,
      exchange: recordExchange(setup.mask, wire, answer, null, elapsed(start)),
    });
    wakeAll();
  };
  setup.signal.addEventListener('abort', close, { once: true });

  const parse = createSseParser((event) => {
    if (received.length < MAX_SSE_EVENTS) received.push(event);
  });
  const decoder = new TextDecoder();
  decoded(head)
    .on('data', (chunk: Buffer) => {
      if (!open) return;
      const piece = decoder.decode(chunk, { stream: true });
      text += piece;
      parse(piece);
      wakeAll();
      if (text.length > MAX_BODY_BYTES || received.length >= MAX_SSE_EVENTS) close();
    })
    .on('error', close)
    .on('close', close);

  return {
    status: head.statusCode ?? 0,
    headers: flatHeaders(head),
    received,
    close,
    next: (match, timeoutMs) =>
      new Promise((resolve) => {
        const settle = (event: ServerSentEvent | null): void => {
          clearTimeout(deadline);
          waiting.delete(look);
          resolve(event);
        };
        let seen = 0;
        const look = (): void => {
          while (seen < received.length) {
            const event = received[seen++];
            if (event && match(event)) return settle(event);
          }
          if (!open) settle(null);
        };
        const deadline = setTimeout(() => settle(null), timeoutMs);
        waiting.add(look);
        look();
      }),
  };
}
