import { crc32, createDeflateRaw } from 'node:zlib';

/** Compressed data with the truth about it. */
export interface Deflated {
  readonly data: Buffer;
  readonly size: number;
  readonly crc: number;
}

const MIB = Buffer.alloc(2 ** 20);
const MIBS = 1100;

/** More than a GiB of zeros, deflated: one megabyte. */
export async function zeros(): Promise<Deflated> {
  const deflate = createDeflateRaw({ level: 9 });
  const parts: Buffer[] = [];
  let crc = 0;
  const read = (async () => {
    for await (const part of deflate) parts.push(part as Buffer);
  })();
  for (let count = 0; count < MIBS; count++) {
    crc = crc32(MIB, crc);
    if (!deflate.write(MIB)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await read;
  return { data: Buffer.concat(parts), size: MIBS * MIB.length, crc };
}
