/** What the generator keeps of an answer. */
export interface Answer {
  readonly status: number;
  readonly bodyBytes: number;
  /** The body as sent, when it was asked for. */
  readonly body: Buffer | null;
  readonly encoding: string | null;
  /** The connection may be used again. */
  readonly reusable: boolean;
}

const MAX_HEAD_BYTES = 32 * 1024;
/** A longer answer is given up: the load is there to be measured, not to be filled with. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_INTERIM = 16;
const HEAD_END = Buffer.from('\r\n\r\n');

/** What a service sent that is not an answer. */
export class BrokenAnswer extends Error {
  constructor(
    message: string,
    /** It is an answer, and then more that nobody asked for. */
    readonly unasked = false,
  ) {
    super(message);
  }
}

type Part =
  | { readonly at: 'head' }
  | { readonly at: 'length'; readonly left: number }
  | { readonly at: 'chunkSize' }
  | { readonly at: 'chunk'; readonly left: number }
  | { readonly at: 'trailer' }
  | { readonly at: 'close' };

/** Reads one HTTP/1.1 answer after another from the bytes of a connection; far cheaper than a general client. */
export class AnswerReader {
  private part: Part = { at: 'head' };
  private rest: Buffer | null = null;
  private status = 0;
  private bodyBytes = 0;
  private encoding: string | null = null;
  private reusable = true;
  private interim = 0;
  private kept: Buffer[] | null = null;
  private bodiless = false;

  /** Before each request. */
  begin(method: string, keepBody: boolean): void {
    this.part = { at: 'head' };
    this.rest = null;
    this.bodyBytes = 0;
    this.interim = 0;
    this.kept = keepBody ? [] : null;
    this.bodiless = method === 'HEAD';
  }

  /** The answer once it is whole, null before. @throws BrokenAnswer */
  push(chunk: Buffer): Answer | null {
    let data = this.rest === null ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = null;
    for (;;) {
      const taken = this.take(data);
      if (taken === null) {
        if (data.length > MAX_HEAD_BYTES) throw new BrokenAnswer('sent a head of more than 32 KiB');
        if (data.length > 0) this.rest = data;
        return null;
      }
      data = data.subarray(taken.bytes);
      if (!taken.whole) continue;
      if (data.length > 0) throw new BrokenAnswer('sent more than its answer', true);
      return this.answer();
    }
  }

  /** The connection has ended: the answer, when that is what ends it. */
  end(): Answer | null {
    if (this.part.at !== 'close') return null;
    this.reusable = false;
    return this.answer();
  }

  /** How far it came; null when more bytes are needed. */
  private take(data: Buffer): { bytes: number; whole: boolean } | null {
    switch (this.part.at) {
      case 'head':
        return this.takeHead(data);
      case 'length':
      case 'chunk':
        return this.takeBody(data, this.part);
      case 'chunkSize':
        return this.takeChunkSize(data);
      case 'trailer':
        return this.takeTrailer(data);
      case 'close':
        if (data.length === 0) return null;
        this.keep(data);
        return { bytes: data.length, whole: false };
    }
  }

  private takeHead(data: Buffer): { bytes: number; whole: boolean } | null {
    const end = data.indexOf(HEAD_END);
    if (end === -1) return null;
    const head = data.toString('latin1', 0, end);
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    if (status === undefined) throw new BrokenAnswer('answered with something that is not HTTP');
    this.status = Number(status);
    const bytes = end + HEAD_END.length;
    if (this.status < 200) {
      if (++this.interim > MAX_INTERIM) throw new BrokenAnswer('sent interim responses without end');
      return { bytes, whole: false };
    }
    this.encoding = /\r\ncontent-encoding:[ \t]*([^\r]+)/i.exec(head)?.[1]?.trim().toLowerCase() ?? null;
    this.reusable = head.startsWith('HTTP/1.1') && !/\r\nconnection:[^\r]*close/i.test(head);
    if (this.bodiless || this.status === 204 || this.status === 304) return { bytes, whole: true };
    if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) {
      this.part = { at: 'chunkSize' };
      return { bytes, whole: false };
    }
    const length = /\r\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.part = { at: 'close' };
      return { bytes, whole: false };
    }
    this.part = { at: 'length', left: Number(length) };
    return { bytes, whole: Number(length) === 0 };
  }

  private takeBody(
    data: Buffer,
    part: Extract<Part, { at: 'length' | 'chunk' }>,
  ): { bytes: number; whole: boolean } | null {
    if (data.length === 0) return null;
    const bytes = Math.min(part.left, data.length);
    this.keep(data.subarray(0, bytes));
    const left = part.left - bytes;
    if (part.at === 'length') {
      this.part = { at: 'length', left };
      return { bytes, whole: left === 0 };
    }
    if (left > 0) {
      this.part = { at: 'chunk', left };
      return { bytes, whole: false };
    }
    if (data.length < bytes + 2) {
      this.part = { at: 'chunk', left: 0 };
      return bytes === 0 ? null : { bytes, whole: false };
    }
    this.part = { at: 'chunkSize' };
    return { bytes: bytes + 2, whole: false };
  }

  private takeChunkSize(data: Buffer): { bytes: number; whole: boolean } | null {
    const end = data.indexOf('\r\n');
    if (end === -1) return null;
    const size = Number.parseInt(data.toString('latin1', 0, end), 16);
    if (Number.isNaN(size)) throw new BrokenAnswer('sent a chunk without its size');
    this.part = size === 0 ? { at: 'trailer' } : { at: 'chunk', left: size };
    return { bytes: end + 2, whole: false };
  }

  private takeTrailer(data: Buffer): { bytes: number; whole: boolean } | null {
    const end = data.indexOf('\r\n');
    return end === -1 ? null : { bytes: end + 2, whole: end === 0 };
  }

  private keep(bytes: Buffer): void {
    this.bodyBytes += bytes.length;
    if (this.bodyBytes > MAX_BODY_BYTES) throw new BrokenAnswer('sent a body of more than 1 MiB');
    this.kept?.push(Buffer.from(bytes));
  }

  private answer(): Answer {
    const { status, bodyBytes, encoding, reusable } = this;
    return { status, bodyBytes, encoding, reusable, body: this.kept && Buffer.concat(this.kept) };
  }
}
