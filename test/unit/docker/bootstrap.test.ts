import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild, isBuilt } from '../../../docker/bootstrap/build.mjs';
import { isInstalled } from '../../../docker/bootstrap/dependencies.mjs';
import { unsuitable } from '../../../docker/bootstrap/machine.mjs';
import { projectRoot } from '../../../docker/paths.js';
import { folderOf } from './scratch.js';

describe('isInstalled', () => {
  const lock = (packages: Record<string, object>): string => JSON.stringify({ packages });
  const wanted = lock({
    '': { name: 'x' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true },
  });
  const found = (packages: Record<string, object> | null): boolean =>
    isInstalled(
      folderOf({
        'package-lock.json': wanted,
        ...(packages === null ? {} : { 'node_modules/.package-lock.json': lock(packages) }),
      }),
    );

  test.each([
    ['nothing was ever installed', null, false],
    ['an install did not get to its end', {}, false],
    [
      'a package has another version',
      { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } },
      false,
    ],
    ['a package has other content', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }, false],
    [
      'only a package for another platform is missing',
      { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } },
      true,
    ],
  ])('%s', (_, packages, expected) => {
    expect(found(packages)).toBe(expected);
  });
});

describe('ensureBuild', () => {
  /** A project as small as it can be, with our real build. */
  const project = (): string => {
    const root = folderOf({
      'harness/answer.ts': 'export const answer: number = 42;\n',
      'harness/schema.sql': 'create table x ();\n',
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'NodeNext', rootDir: '.', outDir: 'dist', types: [], incremental: true },
        include: ['harness'],
      }),
      'package.json': '{ "type": "module" }',
    });
    for (const part of ['copy-assets.mjs', 'bootstrap'])
      cpSync(join(projectRoot, 'docker', part), join(root, 'docker', part), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
    return root;
  };
  const build = async (root: string): Promise<readonly string[]> => {
    const said: string[] = [];
    await ensureBuild(root, (line: string) => said.push(line));
    return said;
  };

  test('compiles, copies what code reads, follows every change, and then has nothing to do', async () => {
    const root = project();
    const dist = (path: string): string => join(root, 'dist', 'harness', path);
    expect(await build(root)).toEqual(['compiling']);
    expect(readFileSync(dist('answer.js'), 'utf8')).toContain('42');
    expect(readFileSync(dist('schema.sql'), 'utf8')).toContain('create table');
    expect(await build(root)).toEqual([]);

    rmSync(join(root, 'harness/schema.sql'));
    writeFileSync(join(root, 'harness/answer.ts'), 'export const answer: number = 1234;\n');
    expect(await build(root)).toEqual(['compiling']);
    expect(readFileSync(dist('answer.js'), 'utf8')).toContain('1234');
    expect(existsSync(dist('schema.sql'))).toBe(false);
  }, 30_000);

  test('code that does not compile is never taken for built', async () => {
    const root = project();
    writeFileSync(join(root, 'harness/answer.ts'), 'export const answer: number = "no";\n');
    await expect(build(root)).rejects.toThrow('tsc failed (exit code 2)');
    expect(isBuilt(root)).toBe(false);
  }, 30_000);
});

describe('unsuitable', () => {
  const root = (node: string): string => folderOf({ 'package.json': JSON.stringify({ engines: { node } }) });
  test('names the Node that is wanted and the one there is', () => {
    expect(unsuitable(root('>=99.1'))).toMatch(/^Assayer needs Node 99.1 or newer, and this is \d+/);
    expect(unsuitable(root(`>=${process.versions.node}`))).toBeNull();
    expect(unsuitable(root('>=9.99.99'))).toBeNull();
  });
});

test('what the entry says itself never goes to standard output', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    join(projectRoot, 'docker/run.mjs'),
    'nonsense',
  ]);
  expect({ status, stdout: String(stdout) }).toEqual({ status: 3, stdout: '' });
  expect(String(stderr)).toContain('must be one of cli, test');
});
