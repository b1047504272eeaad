import { describe, expect, test } from '@jest/globals';
import { codes, planOf, refusalOf, START, withDeps } from './support.js';

describe('where the service is', () => {
  test('a single folder below the root is used, with a note', async () => {
    const plan = await planOf({
      'README.md': '',
      'api/package.json': withDeps(),
      'api/package-lock.json': '{}',
    });
    expect(plan).toMatchObject({ root: 'api', installRoot: 'api', lockfile: 'api/package-lock.json' });
    expect(codes(plan)).toEqual(['folderChosen']);
  });

  test('of several folders the one with a start script is used', async () => {
    const plan = await planOf({ 'api/package.json': START, 'tools/package.json': {} });
    expect(plan.root).toBe('api');
    const frontEnd = { scripts: { start: 'react-scripts start' } };
    expect((await planOf({ 'api/package.json': START, 'web/package.json': frontEnd })).root).toBe('api');
    const refusal = await refusalOf({ 'api/package.json': START, 'web/package.json': START });
    expect(refusal).toMatchObject({ code: 'noPackageJson' });
    expect(refusal.message).toContain('api, web');
    expect((await refusalOf({ 'index.js': '' })).message).toContain('has no package.json');
  });

  test('in a monorepo the root starts, else the only workspace that does', async () => {
    const root = { workspaces: ['packages/*', './apps/**', '!apps/old'] };
    const members = {
      'packages/lib/package.json': { name: 'lib' },
      'apps/api/package.json': withDeps({ name: 'api' }),
      'apps/old/package.json': START,
      'elsewhere/package.json': START,
    };
    const plan = await planOf({ 'package.json': root, 'package-lock.json': '{}', ...members });
    expect(plan).toMatchObject({
      root: 'apps/api',
      installRoot: '',
      hasDependencies: true,
      lockfile: 'package-lock.json',
    });
    expect(codes(plan)).toEqual(['workspaceChosen']);
    expect(plan.manifestPaths).toEqual([
      'apps/api/package.json',
      'package-lock.json',
      'package.json',
      'packages/lib/package.json',
    ]);
    expect((await planOf({ 'package.json': { ...root, ...START }, ...members })).root).toBe('');
    const both = { ...members, 'packages/lib/package.json': START };
    expect((await refusalOf({ 'package.json': root, ...both })).message).toContain('Several workspaces');
  });

  test("pnpm's workspaces count too", async () => {
    const plan = await planOf({
      'package.json': {},
      'pnpm-workspace.yaml': 'packages:\n  - "apps/*"\n',
      'pnpm-lock.yaml': '',
      'apps/api/package.json': START,
    });
    expect(plan).toMatchObject({ root: 'apps/api', manager: 'pnpm' });
    expect(plan.manifestPaths).toContain('pnpm-workspace.yaml');
  });

  test('the build of the root runs from the service', async () => {
    const files = {
      'package.json': { workspaces: ['apps/*'], scripts: { build: 'tsc -b' } },
      'apps/api/package.json': { scripts: { start: 'node .', build: 'tsc' } },
    };
    expect((await planOf(files)).build).toBe('cd ../.. && tsc -b');
    expect((await planOf({ ...files, 'package.json': { workspaces: ['apps/*'] } })).build).toBe('tsc');
    const hooked = { scripts: { start: 'node .', prebuild: 'x', build: 'tsc' } };
    expect((await planOf({ 'package.json': hooked })).build).toMatch(/npm run --silent build$/);
  });

  test('a package that lies in the repo is part of what an install needs', async () => {
    const files = {
      'api/package.json': {
        ...START,
        dependencies: { shared: 'file:../shared', packed: 'file:./vendor/p-1.tgz' },
      },
      'api/vendor/p-1.tgz': 'x',
      'shared/package.json': { name: 'shared' },
      'shared/index.js': '',
    };
    const plan = await planOf({ 'package.json': { workspaces: ['api'] }, ...files });
    expect(plan.manifestPaths).toEqual([
      'api/package.json',
      'api/vendor/p-1.tgz',
      'package.json',
      'shared/package.json',
    ]);
    const withYarn = await planOf({ 'package.json': { workspaces: ['api'] }, 'yarn.lock': '', ...files });
    expect(withYarn.manifestPaths).toContain('shared/index.js');
  });
});
