import { describe, expect, test } from '@jest/globals';
import { isInternal } from '../../../harness/intake/git/addresses.js';
import { checkRef, checkRemote } from '../../../harness/intake/git/url.js';
import { takeIn } from '../../../harness/intake/index.js';

const PUBLIC = async (): Promise<string[]> => ['93.184.216.34'];
const check = (url: string, addresses: string[] = ['93.184.216.34'], trusted: string[] = []) =>
  checkRemote(url, trusted, async () => addresses);

describe('the URL of a repository', () => {
  test('is https, and its address is pinned', async () => {
    expect(await checkRemote('https://git.example/a/b.git', [], PUBLIC)).toEqual({
      url: 'https://git.example/a/b.git',
      resolve: 'git.example:443:93.184.216.34',
    });
    expect(await check('https://Git.Example:8443/a/b?x=1#main', ['2a00::1'])).toEqual({
      url: 'https://git.example:8443/a/b',
      resolve: 'git.example:8443:[2a00::1]',
    });
    expect((await check('https://93.184.216.34/a')).resolve).toBeNull();
  });

  test.each([
    'file:///etc',
    'ext::sh -c touch% /tmp/x',
    'ssh://git@host/x',
    'git@host:x/y.git',
    'git://host/x',
    'http://host/x',
    '/etc',
    '../repo',
    '--upload-pack=touch /tmp/x',
    '-oProxyCommand=x',
    'https://user:token@host/x',
    'https://token@host/x',
    'https://host/',
    'https://host/a%0ab',
    'https://host/a\nb',
    'https://host/a b',
    'https://',
    'https:///etc/passwd',
    'https:host/a.git',
    'https://-oProxyCommand=evil',
    'javascript:alert(1)',
    '',
  ])('%j is refused', async (url) => {
    await expect(check(url)).rejects.toMatchObject({ code: 'sourceRefused' });
    expect(await takeIn({ kind: 'git', url, ref: null }, { blobsDir: '/nonexistent' })).toMatchObject({
      ok: false,
      verdict: { code: 'sourceRefused', stage: 'intake' },
    });
  });

  test.each([
    'https://127.0.0.1/x',
    'https://127.1/x',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost./x',
  ])('%s is refused for its internal address', async (url) => {
    const outcome = await takeIn({ kind: 'git', url, ref: null }, { blobsDir: '/nonexistent' });
    expect(outcome).toMatchObject({ ok: false, verdict: { code: 'sourceRefused' } });
  });

  test('is refused when any of its addresses is internal, unless the host is trusted', async () => {
    const mixed = ['93.184.216.34', '10.0.0.5'];
    await expect(check('https://git.corp/x', mixed)).rejects.toMatchObject({ code: 'sourceRefused' });
    expect((await check('https://git.corp/x', ['10.0.0.5'], ['git.corp'])).resolve).toBe(
      'git.corp:443:10.0.0.5',
    );
  });

  test('with a host that has no address is unreachable', async () => {
    await expect(check('https://git.example/x', [])).rejects.toMatchObject({ code: 'sourceUnreachable' });
  });
});

describe('internal addresses', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1%eth0',
    'ff02::1',
    'not an address',
  ])('%s is one', (address) => {
    expect(isInternal(address)).toBe(true);
  });

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '193.0.0.1', '2a00:1450::1', '2606:4700::1111'])(
    '%s is none',
    (address) => {
      expect(isInternal(address)).toBe(false);
    },
  );
});

describe('a ref', () => {
  test.each(['main', 'v1.2.3', 'feature/login-2', 'a1b2c3d4', 'release_1', '2.x', 'user@work'])(
    '%s is taken',
    (ref) => {
      expect(checkRef(ref)).toBe(ref);
    },
  );

  test.each([
    '-x',
    '--upload-pack=x',
    '',
    'a..b',
    'a:b',
    '+main',
    'a b',
    'main~1',
    'main^{}',
    'a//b',
    'a/',
    '@{-1}',
    'x.lock',
    'a\nb',
    'x'.repeat(300),
  ])('%j is refused', (ref) => {
    expect(() => checkRef(ref)).toThrow('not the name');
  });
});
