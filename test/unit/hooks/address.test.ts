import { expect, test } from '@jest/globals';
import { guardedLookup, urlFault } from '../../../harness/hooks/address.js';

test.each([
  ['https://example.org/hook', null],
  ['http://example.org/hook', 'begins with https'],
  ['https://127.0.0.1/', 'internal'],
  ['https://[::1]/', 'internal'],
  ['https://[::ffff:10.0.0.1]/', 'internal'],
  ['https://169.254.169.254/latest', 'internal'],
  ['https://0x7f000001/', 'internal'],
  ['https://2130706433/', 'internal'],
  ['https://user:secret@example.org/', 'user name'],
  ['file:///etc/passwd', 'begins with https'],
  ['nothing', 'no URL'],
  ['https://example.org/\0', 'no URL'],
  ['http://ci.internal:8080/x', null],
  ['ftp://ci.internal/x', 'https or http'],
])('%s', (url, fault) => {
  const found = urlFault(url, ['ci.internal']);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toContain(fault);
});

test('a name that leads to this machine is not connected to, unless the operator says so', async () => {
  const resolve = (trusted: string[], all: boolean): Promise<unknown> =>
    new Promise((done) =>
      guardedLookup(trusted)('localhost', { all }, (error, address) => done(error ? error.message : address)),
    );
  expect(await resolve([], true)).toBe('localhost has an internal address');
  expect(await resolve([], false)).toBe('localhost has an internal address');
  expect(String(await resolve(['localhost'], false))).toMatch(/^(127\.0\.0\.1|::1)$/);
});
