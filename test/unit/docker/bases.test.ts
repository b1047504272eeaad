import { expect, test } from '@jest/globals';
import { officialBases } from '../../../docker/base/official.js';
import { basePins, nodeVersions } from '../../../docker/base/pinned.js';
import { digestOf, digestOfFiles } from '../../../docker/digest.js';
import { accountFiles } from '../../../docker/etc.js';
import { NODE_MAJORS } from '../../../docker/types.js';
import type { ImageStore } from '../../../runners/sandbox/imageStore.js';
import { folderOf } from './scratch.js';

const setup = { stateDir: '/nonexistent', say: () => undefined };
/** An engine that can pull just these. */
const pulls = (...references: string[]): ImageStore => ({
  exists: () => Promise.resolve(false),
  pull: (reference) => Promise.resolve(references.includes(reference)),
  build: () => Promise.reject(new Error('not here')),
  importTar: () => Promise.reject(new Error('not here')),
  removeOld: () => Promise.resolve([]),
});

test('the official road is taken only where its first image can be had', async () => {
  expect(await officialBases(pulls(), setup)).toBeNull();
  const { os } = basePins().official;
  const node22 = `node:${nodeVersions()[22]}-bookworm-slim`;
  const bases = await officialBases(pulls(os, node22), setup);
  expect(await bases?.os()).toBe(os);
  expect(await bases?.node(22)).toBe(node22);
  await expect(bases?.busybox()).rejects.toThrow('could not be pulled, though');
});

test('every Node offered is pinned exactly', () => {
  for (const major of NODE_MAJORS)
    expect(nodeVersions()[major]).toMatch(new RegExp(`^${major}\\.\\d+\\.\\d+$`));
});

test('a digest tells names, contents and their boundaries apart', () => {
  const a = folderOf({ 'x/one': 'a', two: 'b' });
  const b = folderOf({ 'x/one': 'a', two: 'b' });
  const of = (folder: string): string => digestOfFiles([`${folder}/x`, `${folder}/two`]);
  expect(of(a)).toBe(of(b));
  expect(of(folderOf({ 'x/one': 'a', two: 'c' }))).not.toBe(of(a));
  expect(of(folderOf({ 'x/uno': 'a', two: 'b' }))).not.toBe(of(a));
  expect(digestOf(['ab', 'c'])).not.toBe(digestOf(['a', 'bc']));
});

test('every id that a pod may draw has a name', () => {
  const passwd = accountFiles().find(({ path }) => path === 'etc/passwd');
  const text = passwd !== undefined && 'text' in passwd ? passwd.text : '';
  expect(text).toContain('u20000:x:20000:20000::/tmp:');
  expect(text).toContain('u29999:x:29999:29999::/tmp:');
  expect(text.trim().split('\n')).toHaveLength(10_001);
});
