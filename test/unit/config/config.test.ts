import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig, SETTINGS } from '../../../harness/config.js';
import { AssayerError } from '../../../harness/errors.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assayer-config-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const refusal = (load: () => unknown): AssayerError => {
  try {
    load();
  } catch (error) {
    if (error instanceof AssayerError) return error;
  }
  throw new Error('it was not refused');
};

describe('settings', () => {
  test('all have a default', () => {
    expect(loadConfig({}, dir)).toMatchObject({
      stateDir: join(dir, '.assayer'),
      host: '127.0.0.1',
      port: 3210,
      uploadMb: 50,
      databaseUrl: undefined,
      packDirs: [],
    });
  });

  test('come from flags over the environment over the file', () => {
    writeFileSync(
      join(dir, 'assayer.env'),
      'ASSAYER_PORT=1001\nASSAYER_HOST=10.0.0.1\nASSAYER_UPLOAD_MB=7\n',
    );
    const config = loadConfig({ ASSAYER_PORT: '1002', ASSAYER_HOST: '10.0.0.2' }, dir, { port: '1003' });
    expect(config).toMatchObject({ port: 1003, host: '10.0.0.2', uploadMb: 7 });
  });

  test('an empty variable is as good as none', () => {
    expect(loadConfig({ ASSAYER_PORT: '' }, dir).port).toBe(3210);
  });

  test('secrets come from files too', () => {
    writeFileSync(join(dir, 'secret'), 'postgresql://u:p@db/x\n');
    expect(loadConfig({ DATABASE_URL_FILE: 'secret' }, dir).databaseUrl).toBe('postgresql://u:p@db/x');
    expect(loadConfig({ ASSAYER_HOST_FILE: 'secret' }, dir).host).toBe('127.0.0.1');
  });

  test('lists are cut at their separators', () => {
    const config = loadConfig({ ASSAYER_PACK_DIRS: `${dir}:/`, ASSAYER_GIT_HOSTS: 'one, two' }, dir);
    expect(config).toMatchObject({ packDirs: [dir, '/'], gitHosts: ['one', 'two'] });
  });
});

describe('a wrong setting is refused with exit code 2 and its name', () => {
  test.each([
    ['ASSAYER_PORT', 'http', 'it must be a number, not "http"'],
    ['ASSAYER_PORT', '70000', 'it must be 65535 or less, not "70000"'],
    ['ASSAYER_CONCURRENCY', '0', 'it must be 1 or more, not "0"'],
    ['ASSAYER_LOG_LEVEL', 'loud', 'it must be one of trace, debug, info, warn, error, silent, not "loud"'],
    ['REDIS_URL', 'localhost:6379', 'it must be an address that begins with redis:// or rediss://'],
    ['DATABASE_URL', 'mysql://u@db/x', 'that begins with postgres:// or postgresql://'],
    ['ASSAYER_METRICS_TOKEN', 'brief', 'it must have 16 or more characters.'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=%zz', 'name=value'],
    ['ASSAYER_PACK_DIRS', '/:/no/packs', 'there is no folder /no/packs'],
  ])('%s=%s', (name, value, words) => {
    const error = refusal(() => loadConfig({ [name]: value }, dir));
    expect(error.code).toBe('settingInvalid');
    expect(error.entry.exit).toBe(2);
    expect(error.message).toContain(`${name} is not valid: `);
    expect(error.message).toContain(words);
  });

  test('without showing a secret', () => {
    const error = refusal(() => loadConfig({ DATABASE_URL: 'mysql://u:hunter2@db/x' }, dir));
    expect(error.message).not.toContain('hunter2');
  });

  test('a secret file that is not there', () => {
    const error = refusal(() => loadConfig({ REDIS_URL_FILE: 'nowhere' }, dir));
    expect(error.message).toContain('REDIS_URL_FILE names a file that cannot be read');
  });

  test('a name in the file that is no setting', () => {
    writeFileSync(join(dir, 'assayer.env'), 'ASSAYER_CONCURENCY=3\n');
    expect(refusal(() => loadConfig({}, dir)).message).toContain('ASSAYER_CONCURENCY');
  });
});

test('every setting has its own variable and a sentence that says what it means', () => {
  const all = Object.values(SETTINGS);
  expect(new Set(all.map(({ env }) => env)).size).toBe(all.length);
  for (const { meaning } of all) expect(meaning).toMatch(/^[A-Z].*\.$/s);
});
