/** Data that no service can know in advance, and that a seed brings back. */
export interface Random {
  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** Lower-case letters and digits. */
  id(length?: number): string;
  hex(bytes: number): string;
  uuid(): string;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
  /** A plausible account name, repository name, title or sentence, different on each call. */
  name(): string;
  words(count: number): string;
}

/** A small, well-mixed generator (sfc32 seeded through FNV-1a); not for secrets. */
export function seededRandom(seed: string): Random {
  const next = generator(seed);
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T;
  const chars = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[int(0, alphabet.length - 1)]).join('');
  const hex = (bytes: number): string => chars('0123456789abcdef', bytes * 2);
  return {
    int,
    pick,
    hex,
    id: (length = 10) => chars('abcdefghijklmnopqrstuvwxyz0123456789', length),
    uuid: () =>
      `${hex(4)}-${hex(2)}-4${hex(2).slice(1)}-${pick(['8', '9', 'a', 'b'])}${hex(2).slice(1)}-${hex(6)}`,
    shuffle: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        [copy[i], copy[j]] = [copy[j] as never, copy[i] as never];
      }
      return copy;
    },
    name: () => `${pick(FIRST)}-${pick(SECOND)}-${chars('abcdefghijklmnopqrstuvwxyz0123456789', 5)}`,
    words: (count) => Array.from({ length: count }, () => pick([...FIRST, ...SECOND])).join(' '),
  };
}

const FIRST = [
  'amber',
  'brisk',
  'calm',
  'dusty',
  'eager',
  'faint',
  'glad',
  'hazel',
  'ivory',
  'jolly',
  'keen',
  'lucid',
];
const SECOND = [
  'otter',
  'finch',
  'maple',
  'comet',
  'harbor',
  'lantern',
  'meadow',
  'quartz',
  'river',
  'spruce',
  'wren',
];

function generator(seed: string): () => number {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x85ebca6b].map((start, index) =>
    fnv1a(`${index}:${seed}`, start),
  );
  let [a, b, c, d] = state as [number, number, number, number];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

function fnv1a(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
