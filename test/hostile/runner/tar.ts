/** Tar archives as no honest tool would write them. */

export interface TarEntry {
  readonly name: string;
  readonly body?: string | Buffer;
  /** Ustar type: `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` folder, `6` pipe, `x` pax header. */
  readonly type?: string;
  readonly mode?: number;
  readonly linkname?: string;
  /** What the header says, if not the truth. */
  readonly claimedSize?: number;
  /** Pax records that override the header, such as a `path` that the header could not hold. */
  readonly pax?: Readonly<Record<string, string>>;
}

const BLOCK = 512;

export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocks), Buffer.alloc(2 * BLOCK)]);
}

/** Header and body of one entry, padded. */
export function blocks(entry: TarEntry): Buffer[] {
  const body = Buffer.from(entry.body ?? '');
  const pax = entry.pax ? blocks({ name: 'pax', type: 'x', body: paxRecords(entry.pax) }) : [];
  return [...pax, header(entry, body.length), body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
}

function header(entry: TarEntry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(entry.name, 0, 100);
  block.write(octal(entry.mode ?? 0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(entry.claimedSize ?? size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(' '.repeat(8), 148);
  block.write(entry.type ?? '0', 156);
  block.write(entry.linkname ?? '', 157, 100);
  block.write('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** `<length> <key>=<value>\n`, the length counting itself. */
function paxRecords(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = Buffer.byteLength(` ${key}=${value}\n`);
      let length = rest + 1;
      while (String(length).length + rest !== length) length = String(length).length + rest;
      return `${length} ${key}=${value}\n`;
    })
    .join('');
}
