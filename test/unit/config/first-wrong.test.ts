import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { firstWrong } from '../../../harness/first-wrong.js';

const schema = z.strictObject({
  id: z.string().regex(/^[a-z]+$/, 'must be lower case'),
  size: z.int().min(100),
  share: z.number().max(1, 'must be 1 or less'),
  level: z.enum(['mid', 'senior']),
  from: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('a') }),
    z.strictObject({ kind: z.literal('b') }),
  ]),
  names: z.array(z.string().min(3)).min(1),
  bars: z.array(z.strictObject({ id: z.string(), most: z.number() })),
});

const good = {
  id: 'notes',
  size: 100,
  share: 1,
  level: 'mid',
  from: { kind: 'a' },
  names: ['one'],
  bars: [{ id: 'fast', most: 1 }],
};

const wrong = (value: object): string => {
  const found = firstWrong(schema.safeParse(value).error?.issues ?? [], value);
  return found ? `${found.path} ${found.reason}` : 'nothing';
};

describe('what is wrong with a value is said in words', () => {
  const { size: _size, level: _level, ...lacking } = good;

  test.each([
    ['a missing field', { ...lacking, level: 'mid' }, 'size is missing: it must be a number'],
    ['a missing choice', { ...lacking, size: 100 }, 'level is missing: it must be one of mid, senior'],
    ['another type', { ...good, size: 'big' }, 'size must be a number, not "big"'],
    ['a fraction', { ...good, size: 100.5 }, 'size must be a whole number, not 100.5'],
    ['too little', { ...good, size: 15 }, 'size must be 100 or more, not 15'],
    ['words of the schema', { ...good, share: 2 }, 'share must be 1 or less, not 2'],
    ['a form of the schema', { ...good, id: 'A' }, 'id must be lower case'],
    ['a wrong choice', { ...good, level: 'guru' }, 'level must be one of mid, senior, not "guru"'],
    ['a wrong kind', { ...good, from: { kind: 'c' } }, 'from.kind must be one of a, b, not "c"'],
    ['an empty list', { ...good, names: [] }, 'names must have 1 or more items; it has 0'],
    ['a short text', { ...good, names: ['x'] }, 'names.0 must have 3 or more characters, not "x"'],
    [
      'an item with an id',
      { ...good, bars: [{ id: 'fast' }] },
      'bars."fast".most is missing: it must be a number',
    ],
    ['a stranger', { ...good, colour: 1 }, ' has no field "colour"'],
    ['a misspelling', { ...lacking, level: 'mid', sise: 100 }, ' has no field "sise", and lacks size'],
    ['nothing', good, 'nothing'],
  ])('%s', (_name, value, words) => expect(wrong(value)).toBe(words));
});
