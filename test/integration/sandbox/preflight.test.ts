import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import type { Images } from '../../../docker/types.js';
import { Host } from '../../../runners/sandbox/host.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';
import { runPreflight } from '../../../runners/sandbox/preflight/index.js';
import { sandboxOn } from '../../../runners/sandbox/sandbox.js';
import { images as haveImages } from './support.js';

jest.setTimeout(180_000);

/** Nobody can be expected to notice these from inside a weak container: they are properties of this program. */
const OF_OUR_OWN = ['engine', 'pods', 'removal', 'log-flood', 'killable'];

let images: Images;
let network: string;
const owner = `preflight-${randomBytes(4).toString('hex')}`;
const host = (): Host => new Host({ pauseImage: images.pause, owner });

beforeAll(async () => {
  images = await haveImages();
  // Internal: even the weak containers below can send nothing out of this machine.
  const { docker } = host().engine;
  network = (await docker.createNetwork({ Name: owner, Internal: true, Labels: { [owner]: '' } })).id;
});
afterAll(() => host().engine.docker.getNetwork(network).remove());

test('all holds here', async () => {
  const sandbox = dockerSandbox({ pauseImage: images.pause, owner });
  const free = {
    id: 'disk',
    title: 'There is disk space',
    run: async () => ({ holds: true, detail: '5 GB' }),
  };
  const report = await runPreflight(sandbox, images, [free]);
  expect(report.results.filter(({ holds }) => holds === false)).toEqual([]);
  // On a busy machine nobody gets as much of a processor as the limit allows.
  expect(report.results.filter(({ id, holds }) => holds === null && id !== 'cpu-limit')).toEqual([]);
  expect(report.results.at(-1)).toEqual({
    id: 'disk',
    title: 'There is disk space',
    holds: true,
    detail: '5 GB',
  });
  expect(report).toMatchObject({ holds: true, engine: { name: 'docker' } });
});

test('in containers without any defence, no probe says that it holds', async () => {
  const weak = host();
  const { docker } = weak.engine;
  const create = docker.createContainer.bind(docker);
  docker.createContainer = ((options: ContainerCreateOptions) =>
    create(weaken(options))) as typeof docker.createContainer;
  const report = await runPreflight(sandboxOn(weak), images, []);
  const held = report.results.filter(({ holds }) => holds).map(({ id }) => id);
  expect(held.sort()).toEqual(OF_OUR_OWN.toSorted());
  expect(report.holds).toBe(false);
});

/** Root, on a network, with the engine's socket, and no limit on anything. */
function weaken(options: ContainerCreateOptions): ContainerCreateOptions {
  const hostConfig = options.HostConfig!;
  const isPause = hostConfig.NetworkMode === 'none';
  return {
    ...options,
    User: '0:0',
    HostConfig: {
      NetworkMode: isPause ? network : hostConfig.NetworkMode!,
      Mounts: hostConfig.Mounts!.map((mount) => ({
        ...mount,
        VolumeOptions: { ...mount.VolumeOptions!, DriverConfig: { Name: 'local', Options: {} } },
      })),
      ...(isPause ? {} : { Binds: ['/var/run/docker.sock:/var/run/docker.sock'], PidMode: 'host' }),
      Devices: [{ PathOnHost: '/dev/kmsg', PathInContainer: '/dev/kmsg', CgroupPermissions: 'r' }],
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN'],
      SecurityOpt: ['seccomp=unconfined'],
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}
