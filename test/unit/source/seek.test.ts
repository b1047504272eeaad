import { describe, expect, test } from '@jest/globals';
import { seek } from '../../../harness/source/seek.js';

const sought = { what: 'a comparison in constant time', calls: ['timingSafeEqual'], packages: ['tsscmp'] };
const find = (text: string, path = 'src/a.js') => seek([{ path, text }], sought);

describe('what is sought in the source', () => {
  test.each([
    ['a call', "import { timingSafeEqual } from 'node:crypto';\n\nreturn timingSafeEqual(a, b);", 3],
    ['a call on its module', 'const ok =\n  crypto.timingSafeEqual (a, b);', 2],
    ['a function under another name', "import { timingSafeEqual as same } from 'node:crypto';", 1],
    ['one taken apart', "const { timingSafeEqual: same } = require('crypto');", 1],
    ['an imported package', "import same from 'tsscmp';", 1],
    ['a required package', 'const same = require("tsscmp")', 1],
    ['a package imported when needed', "const same = await import('tsscmp');", 1],
  ])('is found as %s', (_what, text, line) => {
    expect(find(text).sighting).toMatchObject({ path: 'src/a.js', line });
  });

  test.each([
    ['a comment', '// timingSafeEqual(a, b)\n/* timingSafeEqual(a, b) */'],
    ['a text', "console.log('timingSafeEqual(a, b)')"],
    ['an import that is not used', "import { timingSafeEqual } from 'node:crypto';"],
    ['a longer name', 'notTimingSafeEqual(a, b); timingSafeEqualish(a, b)'],
    ['the name of a package in a text', "throw new Error('tsscmp')"],
  ])('is not found in %s', (_what, text) => {
    expect(find(text)).toEqual({ sighting: null, unreadable: [] });
  });

  test('is shown with the lines about it', () => {
    const text = ['one', 'two', 'three', 'timingSafeEqual(a)', 'five', 'six', 'seven'].join('\n');
    expect(find(text).sighting).toEqual({
      path: 'src/a.js',
      line: 4,
      name: 'timingSafeEqual',
      snippet: 'two\nthree\ntimingSafeEqual(a)\nfive\nsix',
    });
  });

  test('may be in a file that nobody wrote by hand, which is said', () => {
    expect(find('timingSafeEqual(a,b);'.repeat(100), 'lib/all.js')).toEqual({
      sighting: null,
      unreadable: ['lib/all.js'],
    });
  });
});
