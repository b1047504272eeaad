import Docker from 'dockerode';
import { LABEL } from '../../../runners/sandbox/identity/labels.js';

/** Asks the engine what a run left behind: containers, volumes and networks with its label. */
export async function leftovers(run: string): Promise<string[]> {
  const docker = new Docker();
  const filters = { label: [`${LABEL.run}=${run}`] };
  const [containers, volumes, networks] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  return [
    ...containers.map(({ Labels }) => `container ${Labels[LABEL.role] ?? ''}`),
    ...(volumes.Volumes ?? []).map(({ Name }) => `volume ${Name}`),
    ...networks.map(({ Name }) => `network ${Name}`),
  ];
}
