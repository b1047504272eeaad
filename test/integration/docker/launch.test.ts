import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { bench, textOf, type Bench } from './support.js';

const FILES = {
  'package.json': JSON.stringify({
    scripts: {
      start: 'npm run serve',
      serve: 'node serve.js',
      three: "node -e 'process.exit(3)'",
      env: 'cross',
    },
  }),
  'serve.js': `
    process.on('SIGTERM', () => { console.log('ending well'); setTimeout(() => process.exit(0), 100); });
    setInterval(() => {}, 1000);
    console.log('listening');`,
};
const LAUNCH = '/opt/assayer/launch';

let it: Bench;
beforeAll(async () => {
  it = await bench();
}, 600_000);
afterAll(() => it.close());

test.each([
  'node serve.js',
  'npm start',
  'sh -c "npm run serve"',
  'pnpm run serve',
  'yarn -s serve',
  'npx -c "node serve.js"',
  'true && bash -c "true; npm run start"',
])(
  'a signal reaches the program behind: %s',
  async (command) => {
    const container = await it.start(it.images.sandbox, [LAUNCH, command], FILES);
    const deadline = performance.now() + 30_000;
    while (!textOf(container).includes('listening')) {
      if (performance.now() > deadline || !container.running())
        throw new Error(`never came up: ${textOf(container)}`);
      await sleep(20);
    }
    await container.signal('SIGTERM');
    const { code } = await container.ended;
    expect(textOf(container)).toContain('ending well');
    expect(code).toBe(0);
    await container.remove();
  },
  60_000,
);

test.each([
  ['npm run three', 3],
  ['exit 0', 0],
  ['no-such-program', 127],
  ['kill -9 $$', 137],
])('exits as the command does: %s', async (command, expected) => {
  const { code } = await it.run(it.images.sandbox, [LAUNCH, command], FILES);
  expect(code).toBe(expected);
});

test('makes the data folder, and finds programs of the packages as npm does', async () => {
  const script =
    'mkdir -p node_modules/.bin a/b && ln -s /bin/echo node_modules/.bin/said && cd a/b && DATA_DIR=/tmp/x/y ';
  const { code, text } = await it.run(it.images.sandbox, [
    'sh',
    '-c',
    `${script} ${LAUNCH} 'said $(ls -d /tmp/x/y)'`,
  ]);
  expect({ code, text }).toEqual({ code: 0, text: '/tmp/x/y' });
});
