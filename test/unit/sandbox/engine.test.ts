import { createServer, Socket, type Server } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clientOptions } from '../../../runners/sandbox/engine/client.js';
import { isConflict, isGone, toSandboxError } from '../../../runners/sandbox/engine/errors.js';
import { dockerSandbox, SandboxError } from '../../../runners/sandbox/index.js';

describe('toSandboxError', () => {
  const failure = (message: string, more: object = {}) => Object.assign(new Error(message), more);

  test.each([
    ['no socket', failure('connect ENOENT', { code: 'ENOENT' }), 'engineUnavailable'],
    ['refused', failure('connect ECONNREFUSED', { code: 'ECONNREFUSED' }), 'engineUnavailable'],
    ['hung up', failure('socket hang up', { code: 'ECONNRESET' }), 'engineUnavailable'],
    ['no permission', failure('connect EACCES', { code: 'EACCES' }), 'engineUnavailable'],
    [
      'full disk',
      failure('(HTTP code 500) server error - write: no space left on device ', { statusCode: 500 }),
      'diskFull',
    ],
    [
      'no image',
      failure('(HTTP code 404) no such container - No such image: a:b ', { statusCode: 404 }),
      'imageMissing',
    ],
    [
      'anything else',
      failure('(HTTP code 400) bad parameter - invalid mount ', { statusCode: 400 }),
      'internal',
    ],
  ])('%s', (_name, cause, code) => {
    const error = toSandboxError(cause, 'create a container');
    expect(error).toBeInstanceOf(SandboxError);
    expect(error.code).toBe(code);
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain('HTTP code');
    expect(error.message.endsWith('.')).toBe(true);
  });

  test('tells what is gone and what is in use, from the error or its cause', () => {
    expect(isGone(failure('no such container', { statusCode: 404 }))).toBe(true);
    expect(isConflict(toSandboxError(failure('in use', { statusCode: 409 }), 'remove a volume'))).toBe(true);
    expect(isGone(failure('x', { statusCode: 500 }))).toBe(false);
  });
});

describe('clientOptions', () => {
  test('lead to no open stream when the modem writes them out', () => {
    for (const DOCKER_HOST of ['unix:///a.sock', 'tcp://far:2375', 'https://far:2376']) {
      const { agent } = clientOptions({}, { DOCKER_HOST });
      Object.assign(agent.sockets, { far: [new Socket()] });
      expect(inspect({ agent }, { showHidden: true, depth: null }).length).toBeLessThan(100);
    }
  });

  test('reads the address from the options, else from the environment', () => {
    expect(clientOptions({}, {})).not.toHaveProperty('socketPath');
    expect(clientOptions({}, { DOCKER_HOST: 'unix:///run/other.sock' })).toMatchObject({
      socketPath: '/run/other.sock',
    });
    expect(clientOptions({ dockerHost: 'unix:///a.sock' }, { DOCKER_HOST: 'tcp://far:2375' })).toMatchObject({
      socketPath: '/a.sock',
      host: undefined,
    });
    expect(clientOptions({}, { DOCKER_HOST: 'tcp://far:2375' })).toMatchObject({
      host: 'far',
      port: 2375,
      protocol: 'http',
    });
    expect(clientOptions({}, { DOCKER_HOST: 'far', DOCKER_TLS_VERIFY: '1' })).toMatchObject({
      port: 2376,
      protocol: 'https',
    });
  });

  test('says which certificate is missing', () => {
    const env = { DOCKER_HOST: 'tcp://far:2376', DOCKER_CERT_PATH: '/nowhere' };
    expect(() => clientOptions({}, env)).toThrow(/certificate \/nowhere\/ca\.pem/);
  });

  test('refuses what is no address', () => {
    expect(() => clientOptions({ dockerHost: 'ssh://host' }, {})).toThrow(/unix:\/\/\/path or tcp/);
    expect(() => clientOptions({ dockerHost: 'tcp://' }, {})).toThrow(SandboxError);
  });
});

describe('an engine that hangs', () => {
  let folder: string;
  let server: Server;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assayer-'));
    server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(join(folder, 'engine.sock'), resolve));
  });
  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  test('is said to be unavailable in time, by every entrance', async () => {
    const dockerHost = `unix://${join(folder, 'engine.sock')}`;
    const sandbox = dockerSandbox({ pauseImage: 'none', owner: 'unit', dockerHost, callTimeoutMs: 100 });
    const unavailable = {
      code: 'engineUnavailable',
      message: expect.stringContaining('did not answer within 0.1 s'),
    };
    await expect(sandbox.describe()).rejects.toMatchObject(unavailable);
    await expect(
      sandbox.createPod({ run: 'r', attempt: 1, ttlSeconds: 1, volumes: {} }),
    ).rejects.toMatchObject(unavailable);
    await expect(sandbox.sweep('expired')).rejects.toMatchObject(unavailable);
    await expect(sandbox.cacheVolume('x')).rejects.toMatchObject(unavailable);
  });
});

test('an engine that is not there is said to be unavailable', async () => {
  const sandbox = dockerSandbox({
    pauseImage: 'none',
    owner: 'unit',
    dockerHost: 'unix:///nowhere/engine.sock',
  });
  await expect(sandbox.describe()).rejects.toMatchObject({
    code: 'engineUnavailable',
    message: expect.stringContaining('start it'),
  });
});
