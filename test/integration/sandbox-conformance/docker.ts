import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { rm } from 'node:fs/promises';
import { ensureImages } from '../../../docker/images.js';
import { projectRoot } from '../../../docker/paths.js';
import { connect } from '../../../runners/sandbox/engine/client.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';
import { compile } from '../support/program.js';
import type { Provider } from './provider.js';

/** Names of the runtimes that the engine offers. */
export async function runtimes(): Promise<readonly string[]> {
  const { Runtimes } = (await connect({}).info()) as { Runtimes: Readonly<Record<string, unknown>> };
  return Object.keys(Runtimes);
}

/** The Docker engine that the environment names, with images of this repo; `runtime` over the engine's own. */
export async function dockerProvider(runtime = process.env['ASSAYER_RUNTIME']): Promise<Provider> {
  const setup = { stateDir: join(projectRoot, '.assayer'), say: () => undefined };
  const images = await ensureImages(dockerImageStore({}), setup);
  const docker = connect({});
  return {
    image: images.sandbox,
    open: (owner) =>
      dockerSandbox({ pauseImage: images.pause, owner, ...(runtime === undefined ? {} : { runtime }) }),
    async leftovers(owner) {
      const filters = { label: ['assayer.pod', `assayer.owner=${owner}`] };
      const containers = await docker.listContainers({ all: true, filters });
      const { Volumes: volumes } = await docker.listVolumes({ filters });
      return [...containers.map(({ Names }) => Names.join()), ...(volumes ?? []).map(({ Name }) => Name)];
    },
    async orphan(owner) {
      const file = await compile(join(projectRoot, 'test/integration/sandbox-conformance/orphan.ts'));
      const child = spawn(process.execPath, [file, owner, images.pause, images.sandbox], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), ended]);
      child.kill('SIGKILL');
      await ended;
      await rm(dirname(file), { recursive: true });
    },
  };
}
