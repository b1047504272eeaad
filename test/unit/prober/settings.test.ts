import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../harness/packs/index.js';
import { secretNames, serviceEnv } from '../../../runners/prober/driver/settings.js';
import { addressNotes, exitedEarly, neverReady, toVerdict } from '../../../runners/prober/driver/verdicts.js';

const { spec } = await loadPack('test/fixtures/pack-basic');

describe('settings of the service', () => {
  test('come from the assessment', () => {
    expect(serviceEnv(spec, 'seed', '/data/1')).toEqual({
      PORT: '8080',
      DATA_DIR: '/data/1',
      REGISTRY_URL: 'http://127.0.0.1:9101',
      NODE_ENV: 'production',
      API_KEY: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(secretNames(spec)).toEqual(['API_KEY']);
  });

  test('have secrets that follow from the seed and its name', () => {
    const key = (seed: string): string | undefined => serviceEnv(spec, seed, '')['API_KEY'];
    expect(key('a')).toBe(key('a'));
    expect(key('a')).not.toBe(key('b'));
    const longer = { ...spec, env: { LONG: { from: 'secret', bytes: 70 } as const } };
    expect(serviceEnv(longer, 'a', '')['LONG']).toMatch(/^[0-9a-f]{140}$/);
  });
});

describe('a failed start in words', () => {
  test.each([
    [
      'exit',
      exitedEarly({ code: 2, oomKilled: false, figures: null }, 64),
      'exited',
      /ended with exit code 2 before/,
    ],
    [
      'clean exit',
      exitedEarly({ code: 0, oomKilled: false, figures: null }, 64),
      'exited',
      /\(exit code 0\)/,
    ],
    ['memory', exitedEarly({ code: 0, oomKilled: true, figures: null }, 64), 'outOfMemory', /its 64 MiB/],
    ['no port', neverReady([], 8080, 20), 'neverReady', /no port within 20 s.*PORT \(8080\)/],
    ['no HTTP', neverReady([{ host: '::1', port: 3000 }], 8080, 20), 'neverReady', /on \[::1\]:3000 but/],
  ])('%s', (_what, failure, code, message) => {
    const verdict = toVerdict(failure, 'last words\u001b[0m');
    expect(verdict).toMatchObject({ code, stage: 'boot', logTail: 'last words' });
    expect(verdict.message).toMatch(message);
  });
});

test.each<[string, string[], number, string[]]>([
  ['everywhere, as told', ['0.0.0.0'], 8080, []],
  ['on both loopbacks', ['127.0.0.1', '::1'], 8080, ['listensOnlyOnLoopback']],
  ['on ::1 and elsewhere', ['::1'], 3000, ['listenedElsewhere', 'listensOnlyOnIpv6Loopback']],
])('a service that listens %s', (_what, hosts, port, codes) => {
  const found = {
    at: { host: hosts[0] ?? '', port },
    ready: true,
    listening: hosts.map((host) => ({ host, port })),
  };
  expect(addressNotes(found, 8080).map(({ code }) => code)).toEqual(codes);
});

test('a service that never said it was ready is noted', () => {
  const at = { host: '0.0.0.0', port: 8080 };
  const found = { at, ready: false, listening: [at] };
  expect(addressNotes(found, 8080).map(({ code }) => code)).toEqual(['neverSaidReady']);
});
