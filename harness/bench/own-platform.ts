import type { Client } from '../cli/client/client.js';
import { connect } from '../cli/client/client.js';
import { packUp } from '../cli/client/pack-up.js';
import { openPlatform, type Platform } from '../cli/demo/platform.js';
import { DEMO_ASSESSMENT, SAMPLES } from '../cli/demo/samples.js';
import type { Config } from '../config.js';

/** A server and a worker of the bench's own. */
export interface OwnPlatform extends Pick<Platform, 'address' | 'processes'> {
  readonly client: Client;
  /** Hands in the demo's sample of that name; gives the submission's id. */
  submit(sample: string): Promise<string>;
  /** Waits until its run has begun or is over. */
  heard(submission: string, type: 'started' | 'finished'): Promise<void>;
}

const CANCEL_MS = 5000;

/**
 * Starts a server and a worker for as long as `work` runs. What it has handed in is withdrawn when it breaks off: a worker that
 * is told to end would go on with it for a while.
 */
export async function onPlatform<T>(
  config: Config,
  say: (line: string) => void,
  signal: AbortSignal,
  work: (platform: OwnPlatform) => Promise<T>,
): Promise<T> {
  const platform = await openPlatform(config, 0, signal, say);
  const client = connect(platform.address);
  const handedIn: string[] = [];
  const submit: OwnPlatform['submit'] = async (sample) => {
    const found = SAMPLES.find(({ name }) => name === sample);
    if (!found) throw new Error(`there is no sample ${sample}`);
    const { id } = await packUp(found.dir, signal, (source) =>
      client.submit({ assessment: DEMO_ASSESSMENT, candidate: sample, source }, signal),
    );
    handedIn.push(id);
    return id;
  };
  const heard: OwnPlatform['heard'] = async (id, type) => {
    for await (const event of client.events(id, signal)) if (event.type === type) return;
  };
  try {
    return await work({ ...platform, client, submit, heard });
  } catch (error) {
    await Promise.allSettled(handedIn.map((id) => client.cancel(id, AbortSignal.timeout(CANCEL_MS))));
    throw error;
  } finally {
    await platform.stop();
  }
}
