import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, candidateHosts } from '../../../docker/engine/find.js';
import { folderOf } from './scratch.js';

test('an engine that DOCKER_HOST names is the only one that counts', () => {
  expect(candidateHosts({ DOCKER_HOST: 'tcp://10.0.0.1:2375' }, 0)).toEqual(['tcp://10.0.0.1:2375']);
});

test('then the usual socket, then one of this user alone', () => {
  const runtime = folderOf({});
  expect(candidateHosts({ XDG_RUNTIME_DIR: runtime }, 1000)).toEqual(['unix:///var/run/docker.sock']);
  writeFileSync(join(runtime, 'docker.sock'), '');
  expect(candidateHosts({ XDG_RUNTIME_DIR: runtime }, 1000)).toEqual([
    'unix:///var/run/docker.sock',
    `unix://${runtime}/docker.sock`,
  ]);
});

test('nothing, a plain file and an address of nobody are silent', async () => {
  const folder = folderOf({ file: '' });
  mkdirSync(join(folder, 'x'));
  for (const host of [
    `unix://${folder}/none`,
    `unix://${folder}/file`,
    'tcp://127.0.0.1:1',
    'nonsense://x',
  ]) {
    expect(await ask(host)).toBe('silent');
  }
});
