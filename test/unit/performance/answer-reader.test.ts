import { describe, expect, test } from '@jest/globals';
import {
  AnswerReader,
  BrokenAnswer,
  type Answer,
} from '../../../runners/performance/generator/answer-reader.js';

/** Reads the text in pieces of this size. */
function read(text: string, size: number, method = 'GET'): Answer | null {
  const reader = new AnswerReader();
  reader.begin(method, true);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    const answer = reader.push(bytes.subarray(at, at + size));
    if (answer) return answer;
  }
  return reader.end();
}
const body = (answer: Answer | null): string | undefined => answer?.body?.toString();

describe.each([1, 3, 7, 1000])('an answer in pieces of %i bytes', (size) => {
  test('with a length', () => {
    const answer = read(
      'HTTP/1.1 201 Created\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\nhello',
      size,
    );
    expect(answer).toMatchObject({ status: 201, bodyBytes: 5, encoding: 'gzip', reusable: true });
    expect(body(answer)).toBe('hello');
  });

  test('in chunks, after an interim answer', () => {
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n';
    expect(body(read(text, size))).toBe('hello!');
  });

  test('up to the end of the connection', () => {
    const answer = read('HTTP/1.0 200 OK\r\n\r\nall of it', size);
    expect(answer).toMatchObject({ reusable: false, bodyBytes: 9 });
  });

  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ])('%s without a body: %j', (method, text) => {
    expect(read(text, size, method)).toMatchObject({ bodyBytes: 0, reusable: true });
  });
});

test('a connection that the service closes is not used again', () => {
  expect(read('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', 100)?.reusable).toBe(
    false,
  );
});

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 'not HTTP'],
  ['more than the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab', 'more than its answer'],
  ['a head without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`, '32 KiB'],
  ['a body without end', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_100_000)}`, '1 MiB'],
  ['a chunk without size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'without its size'],
  ['interim answers without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(20), 'without end'],
])('%s is no answer', (_what, text, reason) => {
  expect(() => read(text, 60_000)).toThrow(BrokenAnswer);
  expect(() => read(text, 60_000)).toThrow(reason);
});

test('an answer that is cut off is none', () => {
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello', 100)).toBeNull();
});
