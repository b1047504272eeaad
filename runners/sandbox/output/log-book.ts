import type { LogLine } from '../../../assessments/kit/index.js';
import type { StreamName } from './demultiplexer.js';
import { HeadTail } from './head-tail.js';

/** A longer line is cut, and ends in an ellipsis. */
const LINE_BYTES = 16 * 1024;
const NEWLINE = 0x0a;
/** Of each head and each tail, so many lines are told from its beginning and from its end. */
const MOST_LINES = 16_384;
/** How often a stream may have taken turns with the other one before order in what is far back is kept roughly only. */
const MOST_TURNS = 32_768;

interface Turn {
  /** Offset in its stream of the first byte of the turn. */
  readonly offset: number;
  readonly order: number;
}

/** One line, the order of the turn it began in, and its stream. */
interface PlacedLine extends LogLine {
  readonly order: number;
}

/**
 * Keeps the head and the tail of two streams and tells their lines in order of arrival. Memory is bounded by `keep`
 * bytes four times over and a fixed number of lines and turns, whatever is written: floods, endless lines, lines without
 * content, streams that change with every byte.
 */
export class LogBook {
  private readonly streams: Record<StreamName, { bytes: HeadTail; turns: Turn[] }>;
  private turn: StreamName | null = null;
  private order = 0;

  constructor(private readonly keep: number) {
    this.streams = {
      stdout: { bytes: new HeadTail(keep), turns: [] },
      stderr: { bytes: new HeadTail(keep), turns: [] },
    };
  }

  write(name: StreamName, piece: Buffer): void {
    const stream = this.streams[name];
    if (this.turn !== name) {
      this.turn = name;
      stream.turns.push({ offset: stream.bytes.total, order: ++this.order });
      if (stream.turns.length >= MOST_TURNS) stream.turns = this.fewer(stream.turns, stream.bytes.total);
    }
    stream.bytes.write(piece);
  }

  bytesWritten(): number {
    return this.streams.stdout.bytes.total + this.streams.stderr.bytes.total;
  }

  lines(): readonly LogLine[] {
    return [...this.placed('stdout'), ...this.placed('stderr')]
      .sort((a, b) => a.order - b.order)
      .map(({ stream, text }) => ({ stream, text }));
  }

  /** Without turns that lie between head and tail, which are of no use; and if those are few, without every other one. */
  private fewer(turns: readonly Turn[], total: number): Turn[] {
    const useful = turns.filter(({ offset }) => offset < this.keep || offset >= total - this.keep);
    return useful.length < MOST_TURNS / 2 ? useful : useful.filter((_, index) => index % 2 === 0);
  }

  private placed(name: StreamName): PlacedLine[] {
    const { bytes, turns } = this.streams[name];
    const lines: PlacedLine[] = [];
    let next = 0;
    for (const [index, part] of bytes.parts().entries()) {
      for (const line of split(part.bytes, index > 0)) {
        while (next < turns.length && turns[next]!.offset <= part.start + line.offset) next++;
        lines.push({ stream: name, text: line.text, order: turns[next - 1]?.order ?? 0 });
      }
    }
    return lines;
  }
}

/** Lines of a part; the first of a tail is dropped, since its beginning is missing. */
function* split(bytes: Buffer, isTail: boolean): Generator<{ offset: number; text: string }> {
  let start = isTail ? bytes.indexOf(NEWLINE) + 1 : 0;
  for (let count = 0; start < bytes.length; count++) {
    if (count === MOST_LINES) start = Math.max(start, startOfLast(bytes, MOST_LINES));
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    yield { offset: start, text: decode(bytes.subarray(start, end)) };
    start = end + 1;
  }
}

/** Where the last `lines` lines begin. */
function startOfLast(bytes: Buffer, lines: number): number {
  let end = bytes.length;
  for (let count = 0; count < lines && end > 1; count++) end = bytes.lastIndexOf(NEWLINE, end - 2) + 1;
  return end;
}

function decode(line: Buffer): string {
  if (line.length > LINE_BYTES) return `${line.toString('utf8', 0, LINE_BYTES)}…`;
  return line.at(-1) === 0x0d ? line.toString('utf8', 0, line.length - 1) : line.toString('utf8');
}
