import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nodeVersions } from '../../../docker/base/pinned.js';
import { ensureImages } from '../../../docker/images.js';
import { nodeBin, NODE_MAJORS } from '../../../docker/types.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { bench, setup, type Bench } from './support.js';

let it: Bench;
beforeAll(async () => {
  it = await bench();
}, 600_000);
afterAll(() => it.close());

describe('the sandbox image', () => {
  test.each(NODE_MAJORS)('runs Node %i as pinned, with npm, pnpm and yarn', async (major) => {
    const script = 'node -v; npm -v; pnpm -v; yarn -v; npx -v';
    const { code, text } = await it.run(it.images.sandbox, [
      'sh',
      '-c',
      `PATH=${nodeBin(major)}:$PATH; ${script}`,
    ]);
    expect(code).toBe(0);
    expect(text.split('\n')).toEqual([
      `v${nodeVersions()[major]}`,
      expect.stringMatching(/^11\./),
      expect.stringMatching(/^10\./),
      expect.stringMatching(/^1\.22\./),
      expect.stringMatching(/^11\./),
    ]);
  });

  test('gives every pod user a name and a home', async () => {
    const { text } = await it.run(it.images.sandbox, ['node', '-p', 'JSON.stringify(os.userInfo())']);
    expect(JSON.parse(text)).toMatchObject({ username: expect.stringMatching(/^u2\d{4}$/), homedir: '/tmp' });
  });

  test('has no compiler, no setuid program, no package sources of the host', async () => {
    const script =
      'command -v gcc cc g++ make python3; find / -xdev -perm /6000 -type f 2>/dev/null; ls -d /etc/ap*';
    const { text } = await it.run(it.images.sandbox, ['sh', '-c', script]);
    expect(text).toMatch(/^ls: .*\/etc\/ap.*No such file/);
  });

  test('knows time zones, and lets any user fill the folder of the cache', async () => {
    const { text } = await it.run(it.images.sandbox, [
      'sh',
      '-c',
      'TZ=Asia/Tokyo date -d @0 +%H; stat -c %a /deps; awk "BEGIN { print 6 * 7 }"',
    ]);
    expect(text.split('\n')).toEqual(['09', '1777', '42']);
  });
});

describe('the prober image', () => {
  test('has jest and our programs, and no package manager', async () => {
    const script = [
      'cd /opt/assayer; ls *.mjs',
      'node node_modules/jest/bin/jest.js --version',
      'command -v npm npx pnpm yarn',
    ].join('; ');
    const { text } = await it.run(it.images.prober, ['sh', '-c', script]);
    expect(text.split('\n')).toEqual(['agent.mjs', 'doctor.mjs', 'relay.mjs', '30.5.2']);
  });
});

test('images that are there are not made again, however many ask', async () => {
  const said: string[] = [];
  const store = dockerImageStore({});
  const ask = () => ensureImages(store, { ...setup, say: (line) => said.push(line) });
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(said).toEqual([]);
  expect(first.sandbox).toBe(it.images.sandbox);
  expect(second.prober).toBe(it.images.prober);
});
