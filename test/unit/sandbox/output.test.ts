import { describe, expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { Demultiplexer } from '../../../runners/sandbox/output/demultiplexer.js';
import { HeadTail } from '../../../runners/sandbox/output/head-tail.js';
import { LogBook } from '../../../runners/sandbox/output/log-book.js';
import { Output } from '../../../runners/sandbox/output/output.js';
import { TokenBucket } from '../../../runners/sandbox/output/token-bucket.js';

function frame(stream: 1 | 2, text: string | Buffer): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

describe('Demultiplexer', () => {
  test('gives the same bytes however the frames are cut', () => {
    const frames = fc.array(
      fc.tuple(fc.constantFrom(1 as const, 2 as const), fc.uint8Array({ maxLength: 40 })),
    );
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 9 })), (list, cuts) => {
        const wire = Buffer.concat(list.map(([stream, bytes]) => frame(stream, Buffer.from(bytes))));
        const got: Record<string, Buffer[]> = { stdout: [], stderr: [] };
        const demux = new Demultiplexer((name, piece) => got[name]!.push(Buffer.from(piece)));
        for (let at = 0, i = 0; at < wire.length; i++) {
          const size = cuts.length > 0 ? cuts[i % cuts.length]! : wire.length;
          demux.feed(wire.subarray(at, at + size));
          at += size;
        }
        for (const [name, id] of [['stdout', 1] as const, ['stderr', 2] as const]) {
          const sent = list.filter(([stream]) => stream === id).map(([, bytes]) => Buffer.from(bytes));
          expect(Buffer.concat(got[name]!).equals(Buffer.concat(sent))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('HeadTail', () => {
  test('keeps the first and last bytes of any stream, and knows where the last begin', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 40 }), (list, keep) => {
        const kept = new HeadTail(keep);
        for (const piece of list) kept.write(Buffer.from(piece));
        const all = Buffer.concat(list.map((piece) => Buffer.from(piece)));
        expect(kept.total).toBe(all.length);
        const parts = kept.parts();
        if (all.length <= 2 * keep) {
          expect(parts).toEqual([{ start: 0, bytes: all }]);
        } else {
          expect(parts).toEqual([
            { start: 0, bytes: all.subarray(0, keep) },
            { start: all.length - keep, bytes: all.subarray(-keep) },
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('LogBook', () => {
  test('tells the lines of both streams in order of arrival', () => {
    const book = new LogBook(1024);
    book.write('stdout', Buffer.from('one\ntw'));
    book.write('stderr', Buffer.from('warn\r\n'));
    book.write('stdout', Buffer.from('o\nthree'));
    expect(book.lines()).toEqual([
      { stream: 'stdout', text: 'one' },
      { stream: 'stdout', text: 'two' },
      { stream: 'stderr', text: 'warn' },
      { stream: 'stdout', text: 'three' },
    ]);
  });

  test('keeps whole lines of head and tail of a flood, each stream apart', () => {
    const book = new LogBook(1024);
    book.write('stderr', Buffer.from('the reason\n'));
    for (let i = 0; i < 5_000; i++) book.write('stdout', Buffer.from(`line ${i}\n`));
    const lines = book.lines();
    expect(lines).toContainEqual({ stream: 'stderr', text: 'the reason' });
    const out = lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text);
    expect(out[0]).toBe('line 0');
    expect(out.at(-1)).toBe('line 4999');
    expect(out.join('\n').length).toBeLessThanOrEqual(2048);
    expect(book.bytesWritten()).toBeGreaterThan(40_000);
  });

  test('bounds a line without end, and cuts it with an ellipsis', () => {
    const book = new LogBook(64 * 1024);
    for (let i = 0; i < 320; i++) book.write('stdout', Buffer.alloc(64 * 1024, 'x'));
    const lines = book.lines();
    expect(book.bytesWritten()).toBe(20 * 1024 * 1024);
    for (const { text } of lines) expect(text.length).toBeLessThanOrEqual(16 * 1024 + 1);
    expect(lines[0]!.text.endsWith('…')).toBe(true);
  });

  test('stays in order and bounded when the streams change with every byte', () => {
    const book = new LogBook(1024);
    for (let i = 0; i < 20_000; i++) book.write(i % 2 ? 'stderr' : 'stdout', Buffer.from('\n'));
    expect(book.lines().length).toBeLessThanOrEqual(4 * 1024);
  });

  test('bears streams that change with every byte for as long as they like, and keeps what came first and last', () => {
    const book = new LogBook(64 * 1024);
    const byte = Buffer.from('x');
    book.write('stderr', Buffer.from('the reason\n'));
    for (let i = 0; i < 600_000; i++) book.write(i % 2 ? 'stderr' : 'stdout', byte);
    book.write('stdout', Buffer.from('\nthe last word\n'));
    const lines = book.lines();
    expect(lines[0]).toEqual({ stream: 'stderr', text: 'the reason' });
    expect(lines.at(-1)).toEqual({ stream: 'stdout', text: 'the last word' });
  });

  test('tells so many lines from the beginning and the end of a log of nothing but line ends', () => {
    const book = new LogBook(512 * 1024);
    book.write('stdout', Buffer.from('first\n'));
    for (let i = 0; i < 40; i++) book.write('stdout', Buffer.alloc(64 * 1024, '\n'));
    book.write('stdout', Buffer.from('second last\nlast'));
    const lines = book.lines();
    expect(lines.length).toBeLessThan(100_000);
    expect(lines[0]?.text).toBe('first');
    expect(lines.slice(-2).map(({ text }) => text)).toEqual(['second last', 'last']);
  });

  test('jumps over no line when there are as many as it tells', () => {
    const book = new LogBook(1024 * 1024);
    const all = Array.from({ length: 30_000 }, (_, index) => `line ${index}`);
    book.write('stdout', Buffer.from(`${all.join('\n')}\n`));
    expect(book.lines().map(({ text }) => text)).toEqual(all);
  });
});

test('TokenBucket allows a burst of two seconds, then the rate', () => {
  let now = 0;
  const bucket = new TokenBucket(1000, () => now);
  expect(bucket.take(2000)).toBe(0);
  expect(bucket.take(500)).toBe(500);
  now = 500;
  expect(bucket.take(0)).toBe(0);
  expect(bucket.take(100)).toBe(100);
  now = 60_000;
  expect(bucket.take(2000)).toBe(0);
  expect(bucket.take(1)).toBe(1);
});

describe('Output', () => {
  const log = { kind: 'log', logKb: 1 } as const;

  test('rests when a flood has used up its rate, and hurries when told to', async () => {
    const socket = new PassThrough();
    const output = new Output({ socket, output: log, stdin: false, logBytesPerSecond: 100 });
    socket.write(frame(1, 'x'.repeat(300)));
    await new Promise(setImmediate);
    expect(socket.isPaused()).toBe(true);
    output.hurry();
    socket.end(frame(1, 'y'.repeat(1000)));
    await output.closed;
    expect(output.bytes()).toBe(1300);
  });

  test('rests as well when what it is sent is little in many pieces', async () => {
    const socket = new PassThrough();
    const output = new Output({ socket, output: log, stdin: false, logBytesPerSecond: 10_000 });
    socket.write(Buffer.concat(Array.from({ length: 10 }, (_, index) => frame(index % 2 ? 1 : 2, 'x'))));
    await new Promise(setImmediate);
    expect(socket.isPaused()).toBe(false);
    socket.write(Buffer.concat(Array.from({ length: 20 }, (_, index) => frame(index % 2 ? 1 : 2, 'x'))));
    await new Promise(setImmediate);
    expect(socket.isPaused()).toBe(true);
    output.abandon();
    await output.closed;
  });

  test('raw output waits for its reader and loses nothing', async () => {
    const socket = new PassThrough();
    const output = new Output({ socket, output: { kind: 'stream' }, stdin: false, logBytesPerSecond: 1e6 });
    const sent = Buffer.alloc(200_000, 'abc');
    socket.end(Buffer.concat([frame(1, sent), frame(2, 'aside\n')]));
    await new Promise(setImmediate);
    const got: Buffer[] = [];
    for await (const chunk of output.stdout!) got.push(chunk as Buffer);
    expect(Buffer.concat(got).equals(sent)).toBe(true);
    expect(output.lines()).toEqual([{ stream: 'stderr', text: 'aside' }]);
  });

  test('a reader that goes away stops nothing', async () => {
    const socket = new PassThrough();
    const output = new Output({ socket, output: { kind: 'stream' }, stdin: false, logBytesPerSecond: 1e6 });
    output.stdout!.destroy();
    socket.end(frame(1, Buffer.alloc(500_000)));
    await output.closed;
    expect(output.bytes()).toBe(500_000);
  });

  test('a broken connection is an end, not a crash', async () => {
    const socket = new PassThrough();
    const output = new Output({ socket, output: log, stdin: true, logBytesPerSecond: 1e6 });
    socket.write(frame(1, 'last words\n'));
    await new Promise(setImmediate);
    socket.destroy(new Error('ECONNRESET'));
    await output.closed;
    output.stdin!.write('too late');
    expect(output.lines()).toEqual([{ stream: 'stdout', text: 'last words' }]);
  });
});
