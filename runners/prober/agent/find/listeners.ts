import { open } from 'node:fs/promises';

/** A listening TCP socket of this network namespace. */
export interface Listener {
  /** As bound: `0.0.0.0`, `127.0.0.1`, `::`, `::1` … */
  readonly host: string;
  readonly port: number;
  /** Whose socket it is. */
  readonly uid: number;
}

const LISTEN = '0A';

/** The kernel lists those that listen first, before connections, of which a service may have a hundred thousand. */
const MOST_BYTES = 2 * 2 ** 20;

/** All of them, from the kernel's tables. */
export async function listeners(): Promise<Listener[]> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => startOf(path, MOST_BYTES).catch(() => '')),
  );
  return tables.flatMap(parseTable);
}

/** The first whole lines of a file whose size nobody knows. */
export async function startOf(path: string, mostBytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(64 * 1024);
    let text = '';
    while (text.length < mostBytes) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return text;
      text += buffer.toString('latin1', 0, bytesRead);
    }
    return text.slice(0, text.lastIndexOf('\n'));
  } finally {
    await file.close();
  }
}

export function parseTable(table: string): Listener[] {
  return table
    .split('\n')
    .slice(1)
    .filter((line) => line.includes(` ${LISTEN} `))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN)
    .map(([, local = '', , , , , , uid = '']) => {
      const [host = '', port = ''] = local.split(':');
      return {
        host: host.length === 8 ? ipv4(host) : ipv6(host),
        port: parseInt(port, 16),
        uid: Number(uid),
      };
    });
}

/** The kernel prints each 32-bit word in the machine's byte order; all we run on are little-endian. */
const bytesOf = (word: string): string[] => (word.match(/../g) ?? []).reverse();

const ipv4 = (word: string): string =>
  bytesOf(word)
    .map((byte) => parseInt(byte, 16))
    .join('.');

function ipv6(words: string): string {
  const bytes = (words.match(/.{8}/g) ?? []).flatMap(bytesOf);
  if (bytes.slice(0, 10).every((byte) => byte === '00') && bytes[10] === 'FF' && bytes[11] === 'FF') {
    return bytes
      .slice(12)
      .map((byte) => parseInt(byte, 16))
      .join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => `${bytes[index * 2]}${bytes[index * 2 + 1]}`);
  // The URL parser knows how an IPv6 address is shortened.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
