import { expect, test } from '@jest/globals';
import { dockerProvider, runtimes } from './docker.js';
import { isolation } from './isolation.js';
import { limits } from './limits.js';

const GVISOR = 'runsc';
const isHere = (await runtimes()).includes(GVISOR);

if (isHere) {
  isolation(() => dockerProvider(GVISOR));
  limits(() => dockerProvider(GVISOR));
}

test('the runtime that is set is the one that is used, and one that is not there is not passed over', async () => {
  const described = async (runtime: string) => (await dockerProvider(runtime)).open('gvisor-test').describe();
  await expect(described('no-such-runtime')).rejects.toMatchObject({
    code: 'isolationBroken',
    message: expect.stringContaining('no runtime named no-such-runtime'),
  });
  const [one] = isHere ? [GVISOR] : await runtimes();
  expect((await described(one!)).runtime).toBe(one);
}, 600_000);
