import { afterEach, describe, expect, test } from '@jest/globals';
import type { ServerSentEvent } from '../../../assessments/kit/index.js';
import { createSseParser } from '../../../runners/prober/agent/http/sseParser.js';
import { contextFor, serveHttp, type Served } from './support.js';

describe('the parser', () => {
  const parse = (...pieces: string[]): ServerSentEvent[] => {
    const events: ServerSentEvent[] = [];
    const feed = createSseParser((event) => events.push(event));
    pieces.forEach(feed);
    return events;
  };

  test.each<[string, string[], Partial<ServerSentEvent>[]]>([
    ['an event', ['id: 1\nevent: made\ndata: {}\n\n'], [{ id: '1', event: 'made', data: '{}' }]],
    ['pieces cut anywhere', ['da', 'ta: a\r', '\ndata:b\r\n\r', '\n'], [{ event: 'message', data: 'a\nb' }]],
    ['a comment and a field without a value', [': ping\n\ndata\n\n'], [{ data: '' }]],
    ['an event without its end', ['data: a\n'], []],
    ['the id that lasts', ['id: 7\ndata: a\n\ndata: b\n\n'], [{ id: '7' }, { id: '7', data: 'b' }]],
  ])('reads %s', (_what, pieces, events) => {
    expect(parse(...pieces)).toEqual(events.map((event) => expect.objectContaining(event)));
  });
});

describe('a stream', () => {
  let served: Served | null = null;
  afterEach(() => served?.close());

  test('gives past and future events, and null when none comes or it ends', async () => {
    served = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
      setTimeout(() => response.write('data: two\n\n'), 30);
      setTimeout(() => response.end(), 150);
    });
    const { t, close, evidence } = contextFor(served.at);
    const stream = await t.http.events('/events', { label: 'watch' });
    expect(stream.status).toBe(200);
    expect(await stream.next(({ data }) => data === 'two', 1000)).toMatchObject({ data: 'two' });
    expect(await stream.next(({ data }) => data === 'one', 10)).toMatchObject({ data: 'one' });
    expect(await stream.next(({ data }) => data === 'three', 20)).toBeNull();
    expect(await stream.next(({ data }) => data === 'three', 5000)).toBeNull();
    close();
    expect(evidence()).toEqual([expect.objectContaining({ kind: 'http', label: 'watch' })]);
  });

  test('without end stops at a thousand events', async () => {
    served = await serveHttp((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (response.write('data: x\n\n'.repeat(100)));
      };
      response.on('drain', more);
      more();
    });
    const { t } = contextFor(served.at);
    const stream = await t.http.events('/events');
    expect(await stream.next(() => false, 5000)).toBeNull();
    expect(stream.received).toHaveLength(1000);
  });

  test('that does not open fails the check', async () => {
    served = await serveHttp(() => undefined);
    const { t } = contextFor(served.at);
    await expect(t.http.events('/events', { timeoutMs: 50 })).rejects.toMatchObject({
      kind: 'service',
      message: expect.stringContaining('did not open the event stream within 50 ms'),
    });
  });
});
