import { Readable, Writable, type Duplex } from 'node:stream';
import type { LogLine } from '../../../assessments/kit/index.js';
import type { ContainerSpec } from '../types.js';
import { Demultiplexer, type StreamName } from './demultiplexer.js';
import { LogBook } from './log-book.js';
import { TokenBucket } from './token-bucket.js';

/**
 * What a piece costs beside its bytes: engine and worker have as much to do for one byte as for a kilobyte. While they rest, small
 * pieces gather into large ones by themselves.
 */
const PIECE_BYTES = 1024;

/** Standard error kept beside a raw standard output, head and tail, KiB each. */
const STREAM_LOG_KB = 64;

export interface OutputOptions {
  readonly socket: Duplex;
  readonly output: ContainerSpec['output'];
  readonly stdin: boolean;
  readonly logBytesPerSecond: number;
}

/**
 * Reads an attached socket to its end. What goes to the log is always drained, at a bounded rate, so that a flood makes the
 * writer wait and not this process work. Raw output follows its reader; one who stops reading must be followed by `abandon`.
 */
export class Output {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  /** Resolves when the socket has closed, for whatever reason. Never rejects. */
  readonly closed: Promise<void>;

  private readonly socket: Duplex;
  private readonly book: LogBook;
  private readonly bucket: TokenBucket;
  private rawBytes = 0;
  private logBytes = 0;
  private resting: NodeJS.Timeout | null = null;
  private full = false;
  private hurried = false;

  constructor({ socket, output, stdin, logBytesPerSecond }: OutputOptions) {
    this.socket = socket;
    this.book = new LogBook((output.kind === 'log' ? Math.max(1, output.logKb) : STREAM_LOG_KB) * 1024);
    this.bucket = new TokenBucket(logBytesPerSecond);
    this.stdout = output.kind === 'stream' ? this.readable() : null;
    this.stdin = stdin ? writableHalf(socket) : null;

    const frames = new Demultiplexer((name, piece) => this.receive(name, piece));
    socket.on('data', (chunk: Buffer) => {
      frames.feed(chunk);
      this.rest();
    });
    this.closed = new Promise((resolve) => {
      const end = () => {
        if (this.resting) clearTimeout(this.resting);
        this.stdout?.push(null);
        socket.destroy();
        resolve();
      };
      socket.once('end', end).once('close', end);
      // A broken connection is told by the container's end; what was read stays.
      socket.on('error', end);
    });
  }

  lines(): readonly LogLine[] {
    return this.book.lines();
  }

  bytes(): number {
    return this.rawBytes + this.book.bytesWritten();
  }

  /** From now on the log is read as fast as it comes, since its writer is about to end. */
  hurry(): void {
    this.hurried = true;
    this.resume();
  }

  /** Closes the socket without reading what is left. */
  abandon(): void {
    this.socket.destroy();
  }

  private receive(name: StreamName, piece: Buffer): void {
    if (this.stdout && name === 'stdout') {
      this.rawBytes += piece.length;
      if (!this.stdout.destroyed) this.full = !this.stdout.push(piece);
      return;
    }
    this.logBytes += PIECE_BYTES + piece.length;
    this.book.write(name, piece);
  }

  private rest(): void {
    const ms = this.hurried ? 0 : this.bucket.take(this.logBytes);
    this.logBytes = 0;
    if (ms > 0) {
      this.resting = setTimeout(() => this.resume(), ms);
      this.socket.pause();
    } else if (this.full) this.socket.pause();
  }

  private resume(): void {
    if (this.resting) clearTimeout(this.resting);
    this.resting = null;
    if (!this.full) this.socket.resume();
  }

  private readable(): Readable {
    return new Readable({
      read: () => {
        this.full = false;
        if (!this.resting) this.socket.resume();
      },
      destroy: (error, done) => {
        this.full = false;
        if (!this.resting) this.socket.resume();
        done(error);
      },
    });
  }
}

/** Writing to the container's input; ending it closes the input and leaves the output open. */
function writableHalf(socket: Duplex): Writable {
  const input = new Writable({
    write: (chunk, _encoding, done) => void socket.write(chunk, (error) => done(error ?? null)),
    final: (done) => void socket.end(() => done()),
  });
  // Writing to what has ended is no event of its own: the container's end tells.
  input.on('error', () => undefined);
  return input;
}
