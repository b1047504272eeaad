import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const SMALLEST = 1024;

type Encoding = 'gzip' | 'br';
const compressors: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  gzip: promisify((body: Buffer, done: (error: Error | null, result: Buffer) => void) =>
    gzip(body, { level: 4 }, done),
  ),
  br: promisify((body: Buffer, done: (error: Error | null, result: Buffer) => void) =>
    brotliCompress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }, done),
  ),
};

export type Compressed = { body: Buffer; encoding: Encoding } | null;

export function isWorthCompressing(text: string): boolean {
  return Buffer.byteLength(text) >= SMALLEST;
}

/** The text in an encoding that the client takes; null if it takes none of ours. */
export async function compress(text: string, acceptEncoding: string | undefined): Promise<Compressed> {
  const encoding = chooseEncoding(acceptEncoding);
  return encoding && { body: await compressors[encoding](Buffer.from(text)), encoding };
}

/** The one with the higher weight; gzip, which is the cheaper one for us, if they weigh the same. */
export function chooseEncoding(acceptEncoding = ''): Encoding | null {
  const weights = new Map(acceptEncoding.split(',').map(parseEntry));
  const weightOf = (encoding: Encoding): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  const best = weightOf('br') > weightOf('gzip') ? 'br' : 'gzip';
  return weightOf(best) > 0 ? best : null;
}

function parseEntry(entry: string): [name: string, weight: number] {
  const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
}
