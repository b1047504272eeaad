import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Container, Pod, PodSpec, Sandbox } from '../../../runners/sandbox/types.js';
import { until } from '../support/until.js';
import { podSpec, spec, text, type Change, type Ended, type Provider } from './provider.js';

/** Long enough for a busy machine; what must be fast says so itself. */
jest.setTimeout(60_000);

/** One owner and sandbox for a group of tests. When they are done, nothing of it may be left. */
export interface Bench {
  readonly provider: Provider;
  readonly owner: string;
  readonly sandbox: Sandbox;
  pod(change?: Partial<PodSpec>): Promise<Pod>;
  start(pod: Pod, command: string, change?: Change): Promise<Container>;
  /** Runs to the end and removes. */
  run(pod: Pod, command: string, change?: Change): Promise<Ended>;
  /** Waits until standard output holds the text. */
  says(container: Container, words: string): Promise<void>;
}

export function bench(open: () => Promise<Provider>): () => Bench {
  let current: Bench;
  beforeAll(async () => {
    current = make(await open());
  }, 600_000);
  afterAll(async () => {
    await current.sandbox.close();
    expect(await current.provider.leftovers(current.owner)).toEqual([]);
  });
  return () => current;
}

function make(provider: Provider): Bench {
  const owner = `conformance-${randomBytes(4).toString('hex')}`;
  const sandbox = provider.open(owner);
  const start: Bench['start'] = (pod, command, change) =>
    pod.start(spec(pod, provider.image, command, change));
  return {
    provider,
    owner,
    sandbox,
    start,
    pod: (change) => sandbox.createPod(podSpec(change)),
    async run(pod, command, change) {
      const container = await start(pod, command, change);
      const exit = await container.ended;
      await container.remove();
      return { ...exit, out: text(container, 'stdout'), err: text(container, 'stderr'), container };
    },
    says: async (container, words) =>
      void (await until(() => text(container, 'stdout').includes(words), 30_000)),
  };
}
