import type { Duplex } from 'node:stream';
import type { Engine } from './engine.js';

/**
 * The raw connection to a container's standard streams, to be opened before it starts: nothing is lost, and bytes pass
 * both ways unchanged. Reads are in the engine's frames (see Demultiplexer); ending it ends the container's input.
 */
export async function attach(engine: Engine, id: string, stdin: boolean): Promise<Duplex> {
  const query = { stream: true, stdin, stdout: true, stderr: true };
  // dockerode sends all its options as a body too, and the engine may hand that body to the container as input: _body stops it.
  // Told of an open input, it would hold the request back until the first input is written, and the engine would never
  // hear of it; the engine itself is told by the query.
  const options = { ...query, stdin: false, hijack: true, _query: query, _body: {} };
  const socket = await engine.call('attach to a container', (abortSignal) =>
    engine.docker.getContainer(id).attach({ ...options, abortSignal }),
  );
  return socket as Duplex;
}
