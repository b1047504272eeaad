import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rig, type Rig } from './support.js';

let bench: Rig;
beforeAll(async () => {
  bench = await rig();
}, 600_000);
afterAll(() => bench.close());

test('a TypeScript service in a monorepo is installed, built in order and found', async () => {
  const tsconfig = (more: object = {}) =>
    JSON.stringify({
      compilerOptions: { composite: true, module: 'commonjs', outDir: 'dist', types: [] },
      include: ['*.ts'],
      ...more,
    });
  const archive = await bench.archive({
    'package.json': JSON.stringify({
      workspaces: ['packages/*', 'apps/*'],
      scripts: { build: 'tsc -b apps/api' },
      devDependencies: { typescript: '5.9.3' },
    }),
    'packages/lib/package.json': JSON.stringify({
      name: '@app/lib',
      version: '1.0.0',
      main: 'dist/index.js',
      types: 'dist/index.d.ts',
    }),
    'packages/lib/index.ts': 'export const answer: number = 42;\n',
    'packages/lib/tsconfig.json': tsconfig(),
    'apps/api/package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node dist/main.js' },
      dependencies: { '@app/lib': '1.0.0', ms: '2.1.3' },
    }),
    'apps/api/main.ts':
      "import { answer } from '@app/lib';\ndeclare const console: { log(text: string): void };\nconsole.log(`answer ${answer}`);\n",
    'apps/api/tsconfig.json': tsconfig({ references: [{ path: '../../packages/lib' }] }),
  });
  await bench.prepare(archive, async ({ sh }) => {
    const plan = await bench.plan(archive);
    expect(plan).toMatchObject({ root: 'apps/api', start: 'node dist/main.js' });
    expect(await sh(plan.start)).toEqual({ code: 0, text: 'answer 42' });
  });
}, 240_000);

const MONOREPO = {
  'libs/lib/package.json': JSON.stringify({ name: 'lib', version: '1.0.0', main: 'lib.js' }),
  'libs/lib/lib.js': 'module.exports = 42',
  'apps/api/app.js': "console.log(require('lib'), require('ms')('1m'))",
};
const api = (lib: string): string =>
  JSON.stringify({
    name: 'api',
    version: '1.0.0',
    scripts: { start: 'node app.js' },
    dependencies: { lib, ms: '2.1.3' },
  });
const MS_INTEGRITY =
  'sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==';

test.each<[string, Record<string, string>]>([
  [
    'pnpm',
    {
      'package.json': JSON.stringify({ packageManager: 'pnpm@9.1.0' }),
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - libs/*\n',
      'apps/api/package.json': api('workspace:*'),
    },
  ],
  [
    'yarn',
    {
      'package.json': JSON.stringify({ private: true, workspaces: ['apps/*', 'libs/*'] }),
      'yarn.lock': `# yarn lockfile v1\n\n\nms@2.1.3:\n  version "2.1.3"\n  integrity ${MS_INTEGRITY}\n`,
      'apps/api/package.json': api('1.0.0'),
    },
  ],
])(
  'workspaces of %s find each other',
  async (manager, files) => {
    const archive = await bench.archive({ ...MONOREPO, ...files });
    await bench.prepare(archive, async ({ sh }) => {
      const plan = await bench.plan(archive);
      expect(plan).toMatchObject({ manager, root: 'apps/api', installRoot: '' });
      expect(await sh(plan.start)).toEqual({ code: 0, text: '42 60000' });
    });
  },
  120_000,
);

test('a native module is compiled without a network, for the Node that runs it', async () => {
  const archive = await bench.archive({
    'package.json': JSON.stringify({
      engines: { node: '20' },
      scripts: { start: 'node app.js' },
      dependencies: { bcrypt: '5.1.1' },
    }),
  });
  await bench.prepare(archive, async ({ sh }) => {
    const { code, text } = await sh(
      `node -p "[process.version.slice(0, 3), require('bcrypt').hashSync('x', 4).length].join()"`,
    );
    expect({ code, text }).toEqual({ code: 0, text: 'v20,60' });
  });
}, 400_000);
