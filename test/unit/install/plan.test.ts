import { describe, expect, test } from '@jest/globals';
import { codes, planOf, refusalOf, START, withDeps } from './support.js';

describe('what starts the service', () => {
  test('is the start script itself, or node server.js', async () => {
    expect((await planOf({ 'package.json': START })).start).toBe('node app.js');
    expect((await planOf({ 'package.json': {}, 'server.js': '' })).start).toBe('node server.js');
  });

  test.each([
    { start: 'node app.js', prestart: 'node prepare.js' },
    { start: 'node app.js', poststart: 'x' },
    { start: 'node app.js --name $npm_package_name' },
  ])('is npm when the script counts on it: %j', async (scripts) => {
    expect((await planOf({ 'package.json': { scripts } })).start).toMatch(/npm run --silent start$/);
  });

  test('is asked for when it is missing, with the file that is named as main', async () => {
    const refusal = await refusalOf({ 'package.json': { main: 'src/index.js', scripts: { test: 'jest' } } });
    expect(refusal.code).toBe('noStartScript');
    expect(refusal.message).toContain('"start": "node src/index.js"');
    expect((await refusalOf({ 'package.json': { main: 'x" && evil' } })).message).toContain('node <file>');
    expect((await refusalOf({ 'package.json': { scripts: { start: '  ' } } })).code).toBe('noStartScript');
  });
});

describe('package.json', () => {
  test('may have a byte order mark and Windows line ends', async () => {
    const text = '\ufeff{\r\n  "scripts": { "start": "node app.js" }\r\n}\r\n';
    expect((await planOf({ 'package.json': text })).start).toBe('node app.js');
  });

  test.each([
    ['{', 'is not valid'],
    ['[]', 'no JSON object'],
    ['"x"', 'no JSON object'],
    ['', 'is not valid'],
    [`{"overrides":${'['.repeat(9e4)}${']'.repeat(9e4)}}`, 'nested too deeply'],
  ])('%#: what is no manifest is refused', async (text, words) => {
    const refusal = await refusalOf({ 'package.json': text });
    expect(refusal.code).toBe('noPackageJson');
    expect(refusal.message).toContain(words);
  });

  test.each([
    { scripts: [] },
    { scripts: { start: 5 } },
    { scripts: 'x' },
    { workspaces: 7 },
    { engines: 'x' },
  ])('%j is no reason to break', async (manifest) => {
    expect((await refusalOf({ 'package.json': manifest })).code).toBe('noStartScript');
  });

  test('that is huge is refused', async () => {
    const refusal = await refusalOf({ 'package.json': { ...START, x: 'y'.repeat(2e6) } });
    expect(refusal.code).toBe('noPackageJson');
    expect(refusal.message).toContain('larger than any real one');
  });
});

describe('the package manager', () => {
  test.each([
    ['package-lock.json', 'npm'],
    ['npm-shrinkwrap.json', 'npm'],
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
  ])('of %s is %s', async (lockfile, manager) => {
    const plan = await planOf({ 'package.json': withDeps(), [lockfile]: '{}' });
    expect(plan).toMatchObject({ manager, lockfile, hasLockfile: true, hasDependencies: true, notes: [] });
  });

  test('of several lockfiles is that of packageManager, else npm, with a note', async () => {
    const files = { 'package-lock.json': '{}', 'yarn.lock': '', 'pnpm-lock.yaml': '' };
    const plain = await planOf({ 'package.json': withDeps(), ...files });
    expect(plain.manager).toBe('npm');
    expect(codes(plain)).toEqual(['severalLockfiles']);
    const named = await planOf({ 'package.json': withDeps({ packageManager: 'pnpm@9.0.0' }), ...files });
    expect(named.manager).toBe('pnpm');
  });

  test('without a lockfile is that of packageManager, with a note; without dependencies there is none', async () => {
    const plan = await planOf({ 'package.json': withDeps({ packageManager: 'pnpm@9.0.0' }) });
    expect(plan).toMatchObject({ manager: 'pnpm', hasLockfile: false, lockfile: null });
    expect(codes(plan)).toEqual(['noLockfile']);
    expect(await planOf({ 'package.json': START })).toMatchObject({ hasDependencies: false, notes: [] });
  });

  test('of a newer yarn is read all the same, with a note', async () => {
    const plan = await planOf({ 'package.json': withDeps(), 'yarn.lock': '__metadata:\n  version: 8\n' });
    expect(plan).toMatchObject({ manager: 'yarn', hasLockfile: true });
    expect(codes(plan)).toEqual(['lockfileConverted']);
  });
});

describe('Node', () => {
  const cases: [object, number, string[]][] = [
    [{}, 22, []],
    [{ engines: { node: '>=18' } }, 22, []],
    [{ engines: { node: '^20.11.0' } }, 20, []],
    [{ engines: { node: '20.x || 24.x' } }, 24, []],
    [{ engines: { node: '>=23' } }, 24, []],
    [{ engines: { node: '16.x' } }, 20, ['nodeNotOffered']],
    [{ engines: { node: '^21' } }, 22, ['nodeNotOffered']],
    [{ engines: { node: '>=30' } }, 24, ['nodeNotOffered']],
    [{ engines: { node: 'nonsense !' } }, 22, []],
  ];
  test.each(cases)('by %j is %i', async (manifest, major, notes) => {
    const plan = await planOf({ 'package.json': { ...START, ...manifest } });
    expect(plan.nodeMajor).toBe(major);
    expect(codes(plan)).toEqual(notes);
  });

  test.each([
    ['.nvmrc', 'v20.11.1\n', 20],
    ['.nvmrc', '24', 24],
    ['.nvmrc', 'lts/iron', 20],
    ['.nvmrc', 'node', 24],
    ['.node-version', '20.9.0\r\n', 20],
  ])('by %s %j is %i', async (file, text, major) => {
    expect((await planOf({ 'package.json': START, [file]: text })).nodeMajor).toBe(major);
  });

  test('by engines comes before .nvmrc', async () => {
    const plan = await planOf({ 'package.json': { ...START, engines: { node: '24' } }, '.nvmrc': '20' });
    expect(plan.nodeMajor).toBe(24);
  });
});

describe('the cache key', () => {
  const base = { 'package.json': withDeps({ name: 'a', version: '1.0.0' }), 'package-lock.json': '{"x":1}' };
  const keyOf = async (files: Parameters<typeof planOf>[0]): Promise<string> =>
    (await planOf(files)).cacheKey;

  test('is the same for other source, scripts and names', async () => {
    const other = withDeps({ name: 'b', description: 'c', scripts: { start: 'node z.js', build: 'tsc' } });
    expect(await keyOf({ ...base, 'package.json': other, 'z.js': 'x' })).toBe(await keyOf(base));
  });

  test.each<[string, object]>([
    ['another lockfile', { 'package-lock.json': '{"x":2}' }],
    ['another dependency', { 'package.json': withDeps({ devDependencies: { x: '1' } }) }],
    ['another Node', { 'package.json': withDeps({ engines: { node: '20' } }) }],
    ['overrides', { 'package.json': withDeps({ overrides: { x: '1' } }) }],
  ])('differs for %s', async (_, change) => {
    expect(await keyOf({ ...base, ...change })).not.toBe(await keyOf(base));
  });

  test('differs for tarballs of the submission that are the same as text', async () => {
    const manifest = { ...START, dependencies: { local: 'file:local.tgz' } };
    const keyWith = (byte: number): Promise<string> =>
      keyOf({ 'package.json': manifest, 'local.tgz': Buffer.from([0x1f, 0x8b, byte]) });
    expect(await keyWith(0xfe)).not.toBe(await keyWith(0xff));
  });
});
