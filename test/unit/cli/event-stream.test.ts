import { expect, test } from '@jest/globals';
import { parseEventStream } from '../../../harness/cli/client/event-stream.js';

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.each([1, 3, 1000])('a stream is cut into events, whatever its pieces (%i bytes)', async (size) => {
  const text =
    'retry: 2000\n\n: quiet\n\nid: 1\nevent: a\ndata: {"x":"ä"}\n\nid: 2\ndata: one\ndata: two\n\nid: 3\ndata: cut off';
  const events = [];
  for await (const event of parseEventStream(inPieces(text, size))) events.push(event);
  expect(events).toEqual([
    { id: '1', data: '{"x":"ä"}' },
    { id: '2', data: 'one\ntwo' },
  ]);
});
