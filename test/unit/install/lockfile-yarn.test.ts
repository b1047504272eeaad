import { describe, expect, test } from '@jest/globals';
import { HASH, REGISTRY, cleaned, manifest, refused, type Files } from './support.js';

describe('yarn.lock', () => {
  const yarn = (body: string): Files => ({
    'package.json': manifest(),
    'yarn.lock': `# yarn lockfile v1\n\n\n${body}`,
  });

  test('is rewritten to the registry', async () => {
    const files = yarn(
      [
        '"@s/b@^2.0.0", "@s/b@^2.1.0":',
        '  version "2.1.0"',
        '  resolved "https://evil.example/x.tgz#0123456789abcdef0123456789abcdef01234567"',
        `  integrity ${HASH}`,
        '  dependencies:',
        '    a "^1.0.0"',
        '',
        'alias@npm:real@1:',
        '  version "1.2.3"',
        `  integrity ${HASH}`,
        '',
      ].join('\r\n'),
    );
    expect((await cleaned(files)).get('yarn.lock')).toBe(
      [
        '# yarn lockfile v1',
        '',
        '"@s/b@^2.0.0", "@s/b@^2.1.0":',
        '  version "2.1.0"',
        `  integrity ${HASH}`,
        '  dependencies:',
        '    a "^1.0.0"',
        `  resolved "${REGISTRY}@s/b/-/b-2.1.0.tgz#0123456789abcdef0123456789abcdef01234567"`,
        '',
        '"alias@npm:real@1":',
        '  version "1.2.3"',
        `  integrity ${HASH}`,
        `  resolved "${REGISTRY}real/-/real-1.2.3.tgz"`,
        '',
      ].join('\n'),
    );
  });

  test.each([
    [
      'git',
      '"x@git+https://h/x.git":\n  version "1.0.0"\n  resolved "git+https://h/x.git#abc"\n',
      'Only packages',
    ],
    ['a GitHub shorthand', '"x@user/repo":\n  version "1.0.0"\n', 'Only packages'],
    ['an address', '"x@https://h/x.tgz":\n  version "1.0.0"\n', 'Only packages'],
    [
      'neither integrity nor checksum',
      'x@^1.0.0:\n  version "1.0.0"\n  resolved "https://h/x.tgz"\n',
      'no integrity',
    ],
    ['a folder outside', '"x@file:../x":\n  version "1.0.0"\n', 'no package of this submission'],
    ['text', 'hello\n', 'cannot be read'],
    ['lines of no entry', '  version "1"\n', 'cannot be read'],
  ])('with %s is refused', async (_, body, words) => {
    expect(await refused(yarn(body))).toContain(words);
  });
});
