import { expect, jest, test } from '@jest/globals';
import { Host } from '../../../runners/sandbox/host.js';
import { sandboxOn } from '../../../runners/sandbox/sandbox.js';
import { podSpec } from '../sandbox-conformance/provider.js';
import { images as haveImages } from './support.js';

jest.setTimeout(60_000);

test('processes that choose the same user ids make way for each other', async () => {
  const { pause } = await haveImages();
  const unlucky = () => {
    const host = new Host({ pauseImage: pause, owner: `uids-${process.pid}` });
    const take = host.uids.take.bind(host.uids);
    let first = true;
    host.uids.take = () => {
      if (!first) return take();
      first = false;
      return 20_000;
    };
    return sandboxOn(host);
  };
  const sandboxes = [unlucky(), unlucky()];
  const pods = await Promise.all(sandboxes.map((sandbox) => sandbox.createPod(podSpec())));
  try {
    const [one, other] = pods.map((pod) => pod.uid('service'));
    expect(one).not.toBe(other);
  } finally {
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  }
});
