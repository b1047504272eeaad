import { Duplex } from 'node:stream';
import { nodeBin } from '../../sandbox/image.js';
import { SandboxError, type Pod } from '../../sandbox/types.js';
import type { InstallDeps, RegistrySession } from '../types.js';
import { RELAY_LIMITS } from './limits.js';

/** The pod's way to the registry. */
export interface Relay {
  readonly session: RegistrySession;
  /** From then on the pod reaches nothing. */
  close(): Promise<void>;
}

/** It ends with the pod at the latest. */
export async function startRelay(pod: Pod, { images, registry }: InstallDeps): Promise<Relay> {
  const relay = await pod.start({
    role: 'relay',
    image: images.prober,
    command: [`${nodeBin(22)}/node`, '/opt/assayer/relay.mjs'],
    env: {},
    workdir: '/tmp',
    uid: pod.uid('relay'),
    mounts: [],
    ...RELAY_LIMITS,
    stdin: true,
    output: { kind: 'stream' },
  });
  const { stdin, stdout } = relay;
  if (stdin === null || stdout === null) throw new SandboxError('internal', 'The relay has no streams.');
  const session = registry.serve(Duplex.from({ readable: stdout, writable: stdin }));
  return { session, close: () => relay.remove() };
}
