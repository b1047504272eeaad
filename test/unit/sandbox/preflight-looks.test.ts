import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Lab } from '../../../runners/sandbox/preflight/lab.js';
import { devices } from '../../../runners/sandbox/preflight/probes/files.js';
import { systemCalls } from '../../../runners/sandbox/preflight/probes/system-calls.js';
import { program } from '../../../runners/sandbox/preflight/script.js';

/** What a look's script answers here, outside of any container. */
function seen<T>(script: string, input: unknown): T {
  const out = execFileSync(process.execPath, ['-e', program(`say(await (async () => {${script}})());`)], {
    env: { INPUT: JSON.stringify(input) },
    encoding: 'utf8',
  });
  return JSON.parse(out.slice('said '.length)) as T;
}

test('a file that the engine hides under the null device is not taken for one that is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-'));
  writeFileSync(join(folder, 'there'), '');
  const input = ['/dev/null', '/dev/zero', join(folder, 'there'), join(folder, 'not-there')];
  const { opened } = seen<{ opened: string[] }>(devices.script, input);
  expect(opened).toEqual(['/dev/zero', join(folder, 'there')]);
  rmSync(folder, { recursive: true });
});

test('a kernel without an entrance for 32-bit calls has refused them; a crash refuses nothing else', () => {
  const lab = { engine: { arch: 'x86_64', runtime: 'runc' } } as Lab;
  const { length } = systemCalls.input as readonly unknown[];
  const refused = ['0', ...Array.from({ length: length - 1 }, () => '1')];
  const compat = refused.with(-2, 'SIGSEGV');
  expect(systemCalls.judge(compat, lab)).toMatchObject({ holds: true });
  expect(systemCalls.judge(refused.with(-1, 'SIGSEGV'), lab)).toEqual({
    holds: false,
    detail: 'not refused: an x32 call',
  });
});
