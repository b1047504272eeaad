/** The one form in which submissions are stored: POSIX tar with files only, and nothing in it that says when or by whom. */

const BLOCK = 512;
const NAME_BYTES = 100;
const END = Buffer.alloc(2 * BLOCK);

/** The block or blocks before a file's content. */
export function tarHeader(path: string, size: number, executable: boolean): Buffer {
  const mode = executable ? 0o755 : 0o644;
  if (Buffer.byteLength(path) <= NAME_BYTES) return block(path, size, mode, '0');
  const record = paxRecord('path', path);
  return Buffer.concat([
    block('long-path', record.length, 0o644, 'x'),
    record,
    padding(record.length),
    block('long-path', size, mode, '0'),
  ]);
}

/** What fills the last block of a content of that size. */
export function padding(size: number): Buffer {
  return END.subarray(0, (BLOCK - (size % BLOCK)) % BLOCK);
}

export const tarEnd = (): Buffer => END;

function block(name: string, size: number, mode: number, type: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, NAME_BYTES, 'utf8');
  header.write(`${octal(mode, 7)}\0`, 100);
  header.write(`${octal(0, 7)}\0`, 108);
  header.write(`${octal(0, 7)}\0`, 116);
  header.write(`${octal(size, 11)}\0`, 124);
  header.write(`${octal(0, 11)}\0`, 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length += 1;
  return Buffer.from(`${length} ${key}=${value}\n`);
}
