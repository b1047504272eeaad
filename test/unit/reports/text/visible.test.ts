import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clip, oneLine, visible } from '../../../../reports/text/visible.js';

describe('visible', () => {
  test.each([
    ['colour codes are dropped', '\u001b[31mred\u001b[0m', 'red'],
    ['other terminal codes are shown', 'a\u001b]0;title\u0007b', 'a\\u001b]0;title\\u0007b'],
    ['marks that turn writing round are shown', 'a\u202eb', 'a\\u202eb'],
    ['what is beyond the first plane too', '\u{e0041}', '\\u{e0041}'],
    ['lone surrogates too', '\ud83dx', '\\ud83dx'],
    ['line ends of Windows are line ends', 'a\r\nb\rc', 'a\nb\\u000dc'],
    ['tabs and newlines stay', 'a\tb\nc', 'a\tb\nc'],
    ['letters of all kinds stay', 'Zoë 日本 🙂 é', 'Zoë 日本 🙂 é'],
    ['accents do not pile up', `e${'\u0301'.repeat(50)}!`, 'e\u0301\u0301\u0301!'],
  ])('%s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('of anything, nothing unseen is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

test('clip says how much it left out, and never splits a pair', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('a'.repeat(1500), 10)).toBe('aaaaaaaaaa… (1,490 more characters)');
  expect(clip('ab🙂cd', 3)).toBe('ab… (3 more characters)');
});

test('oneLine makes one line', () => {
  expect(oneLine('  a\n\n b\tc ')).toBe('a b c');
});
