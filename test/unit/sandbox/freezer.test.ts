import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cgroupFreezer } from '../../../runners/sandbox/freezer.js';
import { SandboxError } from '../../../runners/sandbox/types.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assayer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Files of a folder stand for the kernel's; what the kernel answers is what they hold. */
function freezerOf(version: 'v1' | 'v2', files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return cgroupFreezer({ version, cpu: folder, memory: folder, pids: folder, freezer: folder });
}
const said = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('version 1 is told in words', async () => {
  const freezer = freezerOf('v1', { 'freezer.state': 'THAWED\n' })!;
  await freezer.freeze();
  expect(said('freezer.state')).toBe('FROZEN');
  await freezer.thaw();
  expect(said('freezer.state')).toBe('THAWED');
});

test('version 2 is told in numbers, and says itself when all are at rest', async () => {
  const freezer = freezerOf('v2', { 'cgroup.freeze': '0', 'cgroup.events': 'populated 1\nfrozen 0\n' })!;
  let isAtRest = false;
  const frozen = freezer.freeze().then(() => (isAtRest = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([said('cgroup.freeze'), isAtRest]).toEqual(['1', false]);
  writeFileSync(join(folder, 'cgroup.events'), 'populated 1\nfrozen 1\n');
  await frozen;
  await freezer.thaw();
  expect(said('cgroup.freeze')).toBe('0');
});

test('processes that never come to rest are let go, and the failure is told', async () => {
  const freezer = freezerOf('v2', { 'cgroup.freeze': '0', 'cgroup.events': 'populated 1\nfrozen 0\n' })!;
  const error = await freezer.freeze().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SandboxError);
  expect((error as SandboxError).message).toContain('not all of its processes came to rest');
  expect(said('cgroup.freeze')).toBe('0');
});

test('a container that has ended has no folder any more', async () => {
  const freezer = freezerOf('v1', { 'freezer.state': 'THAWED\n' })!;
  rmSync(folder, { recursive: true });
  await expect(freezer.freeze()).rejects.toThrow('could not be made to freeze');
  folder = mkdtempSync(join(tmpdir(), 'assayer-'));
});

test('where the kernel does not listen to us, the engine is to be asked', () => {
  expect(freezerOf('v1', {})).toBeNull();
  expect(cgroupFreezer({ version: 'v1', cpu: '', memory: '', pids: '', freezer: null })).toBeNull();
});
