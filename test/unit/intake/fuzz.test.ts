import { expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { seededRandom } from '../../../assessments/kit/index.js';
import { blobStore, leftovers, takeBytes, tarOf, zipOf } from './support.js';

const entries = [
  { name: 'package.json', content: '{"name":"x"}' },
  { name: 'src/index.js', content: 'export const answer = 42;\n'.repeat(30) },
  { name: `long/${'n'.repeat(80)}.js`, content: 'x' },
];

test('whatever bytes are changed or cut, the answer is a submission or a refusal', async () => {
  const store = await blobStore();
  const random = seededRandom('intake');
  const originals = [zipOf(entries), tarOf(entries), gzipSync(tarOf(entries))];
  const codes = new Map<string, number>();
  try {
    for (let round = 0; round < 600; round += 1) {
      const original = originals[round % originals.length] as Buffer;
      const bytes = Buffer.from(
        original.subarray(0, random.int(Math.floor(original.length / 2), original.length)),
      );
      const whole = round % 2 === 0 ? Buffer.from(original) : bytes;
      for (let i = 0; i < 3; i += 1) whole[random.int(0, whole.length - 1)] = random.int(0, 255);
      const outcome = await takeBytes(whole, store.dir);
      const code = outcome.ok ? 'taken' : outcome.verdict.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].filter((code) => code !== 'taken' && !code.startsWith('archive'))).toEqual([]);
    expect(codes.size).toBeGreaterThan(1);
    expect(await leftovers(store.dir)).toEqual([]);
  } finally {
    await store.remove();
  }
});
