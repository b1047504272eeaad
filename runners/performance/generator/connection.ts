import { connect, type Socket } from 'node:net';
import { AnswerReader, BrokenAnswer, type Answer } from './answer-reader.js';
import type { LoadTarget, WireStep } from './steps.js';

export type Ending =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** `reason` in words, such as `closed the connection`. */
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'late' };

/** One connection that carries one request after the other; opens anew whenever the last has ended. */
export class LoadConnection {
  private readonly reader = new AnswerReader();
  private socket: Socket | null = null;
  private onEnd: ((ending: Ending) => void) | null = null;
  /** When the request under way was sent, milliseconds; null when there is none. */
  sentAt: number | null = null;

  /** @param onUnasked the service sent something without being asked, or more than its answer */
  constructor(
    private readonly target: LoadTarget,
    private readonly onUnasked: () => void,
  ) {}

  get free(): boolean {
    return this.onEnd === null;
  }

  send(step: WireStep, keepBody: boolean, onEnd: (ending: Ending) => void): void {
    this.onEnd = onEnd;
    this.sentAt = performance.now();
    this.reader.begin(step.method, keepBody);
    this.socket ??= this.open();
    this.socket.write(step.bytes);
  }

  /** Gives the request under way up. */
  giveUp(): void {
    this.finish({ kind: 'late' }, false);
  }

  close(): void {
    this.onEnd = null;
    this.drop();
  }

  private open(): Socket {
    const socket = connect({ host: this.target.host, port: this.target.port, noDelay: true });
    socket.on('data', (chunk) => this.hear(socket, chunk));
    socket.on('error', (error) => this.lose(socket, reasonOf(error)));
    socket.on('close', () => this.ended(socket));
    return socket;
  }

  private hear(socket: Socket, chunk: Buffer): void {
    if (socket !== this.socket) return;
    if (this.onEnd === null) {
      this.onUnasked();
      return this.drop();
    }
    try {
      const answer = this.reader.push(chunk);
      if (answer) this.finish({ kind: 'answer', answer }, answer.reusable);
    } catch (error) {
      if (!(error instanceof BrokenAnswer)) throw error;
      if (error.unasked) this.onUnasked();
      this.lose(socket, error.message);
    }
  }

  private ended(socket: Socket): void {
    if (socket !== this.socket) return;
    const answer = this.onEnd === null ? null : this.reader.end();
    if (answer) this.finish({ kind: 'answer', answer }, false);
    else this.lose(socket, 'closed the connection before its answer was whole');
  }

  private lose(socket: Socket, reason: string): void {
    if (socket === this.socket) this.finish({ kind: 'lost', reason }, false);
  }

  private finish(ending: Ending, reusable: boolean): void {
    if (!reusable) this.drop();
    const { onEnd } = this;
    this.onEnd = null;
    this.sentAt = null;
    onEnd?.(ending);
  }

  private drop(): void {
    this.socket?.destroy();
    this.socket = null;
  }
}

function reasonOf(error: Error): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ECONNREFUSED':
      return 'refused the connection';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'closed the connection before its answer was whole';
    default:
      return 'did not accept the connection';
  }
}
