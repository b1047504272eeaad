import type { Readable } from 'node:stream';

/** Ceilings on what the other side may send, bytes. */
export interface LineLimits {
  readonly line: number;
  readonly total: number;
}

/**
 * Reports each line of a stream. The stream is drained to its end whatever happens, since a container whose output
 * nobody reads cannot be killed; past a ceiling, `onExcess` is called once and the rest is thrown away.
 */
export function readLines(
  stream: Readable,
  limits: LineLimits,
  onLine: (line: string) => void,
  onExcess: (reason: string) => void,
): void {
  let total = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let over = false;

  const excess = (reason: string): void => {
    over = true;
    pending = [];
    onExcess(reason);
  };
  const add = (piece: Buffer): void => {
    pendingBytes += piece.length;
    pending.push(piece);
    if (pendingBytes > limits.line) excess(`a line of more than ${limits.line} bytes`);
  };

  stream.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (!over && total > limits.total) excess(`more than ${limits.total} bytes`);
    let start = 0;
    while (!over) {
      const end = chunk.indexOf(0x0a, start);
      add(chunk.subarray(start, end === -1 ? undefined : end));
      if (over || end === -1) return;
      const line = Buffer.concat(pending).toString('utf8');
      pending = [];
      pendingBytes = 0;
      start = end + 1;
      onLine(line);
    }
  });
  stream.on('error', () => undefined);
}
