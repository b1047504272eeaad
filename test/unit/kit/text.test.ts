import { describe, expect, test } from '@jest/globals';
import { cleanText, shortText, tailText } from '../../../assessments/kit/index.js';

describe('cleanText', () => {
  test('takes out terminal codes, control characters and direction marks', () => {
    expect(cleanText('\u001b[31mred\u001b[0m \u001b]0;title\u0007a\u0000b\u202ec\u200bd')).toBe('red abcd');
  });

  test('keeps tabs, makes every line end a newline', () => {
    expect(cleanText('a\tb\r\nc\rd\n')).toBe('a\tb\nc\nd\n');
  });

  test('replaces half of a surrogate pair and keeps whole ones', () => {
    expect(cleanText('\ud83d \u{1f600}')).toBe('\ufffd \u{1f600}');
  });
});

describe('shortText', () => {
  test('is one line of a bounded length', () => {
    expect(shortText('a\n  b')).toBe('a b');
    expect(shortText('x'.repeat(500), 20)).toBe(`${'x'.repeat(19)}…`);
  });
});

describe('tailText', () => {
  test('gives the last whole lines', () => {
    expect(tailText('first\nsecond\nthird\n', 12)).toBe('third');
    expect(tailText('short\n')).toBe('short');
  });

  test('cuts a line that alone is too long', () => {
    expect(tailText('y'.repeat(100), 10)).toBe('y'.repeat(10));
  });
});
