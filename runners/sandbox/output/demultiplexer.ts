const HEADER_BYTES = 8;

export type StreamName = 'stdout' | 'stderr';

/**
 * Splits the engine's frames (1 byte stream, 3 bytes zero, 4 bytes length, payload) as they arrive. Payloads are passed on
 * in the pieces they come in, so a frame of any length needs no memory.
 */
export class Demultiplexer {
  private readonly header = Buffer.alloc(HEADER_BYTES);
  private headerBytes = 0;
  private payloadLeft = 0;
  private stream: StreamName = 'stdout';

  constructor(private readonly onData: (stream: StreamName, piece: Buffer) => void) {}

  feed(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      at += this.payloadLeft > 0 ? this.takePayload(chunk, at) : this.takeHeader(chunk, at);
    }
  }

  private takePayload(chunk: Buffer, at: number): number {
    const piece = chunk.subarray(at, at + this.payloadLeft);
    this.payloadLeft -= piece.length;
    this.onData(this.stream, piece);
    return piece.length;
  }

  private takeHeader(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.header, this.headerBytes, at, at + HEADER_BYTES - this.headerBytes);
    this.headerBytes += taken;
    if (this.headerBytes === HEADER_BYTES) {
      this.headerBytes = 0;
      this.stream = this.header[0] === 2 ? 'stderr' : 'stdout';
      this.payloadLeft = this.header.readUInt32BE(4);
    }
    return taken;
  }
}
