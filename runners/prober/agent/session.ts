import type { StubReply } from '../../../assessments/kit/index.js';
import type { Address, Job } from '../protocol.js';
import type { Channel } from './channel.js';
import { createMask, type Mask } from '../mask.js';
import { loadDefault } from './modules.js';
import { startStub, type StubServer } from './stubs/stub.js';

/** What one agent knows: the job, its stubs, and where the service is. */
export interface Session {
  readonly job: Job;
  readonly channel: Channel;
  readonly mask: Mask;
  readonly stubs: Readonly<Record<string, StubServer>>;
  /** Where the service answers now. */
  readonly address: () => Address;
  moveTo(address: Address): void;
}

/** @throws Error when a stub's port is taken or its file is broken */
export async function openSession(job: Job, channel: Channel): Promise<Session> {
  const stubs: Record<string, StubServer> = {};
  for (const [name, port] of Object.entries(job.stubs)) {
    const defaults = loadDefault<readonly StubReply[]>(job, `stubs/${name}.stub.cjs`);
    stubs[name] = await startStub(name, port, defaults);
  }
  let at: Address = { host: '127.0.0.1', port: job.toldPort };
  return {
    job,
    channel,
    mask: createMask(job.env, job.secrets),
    stubs,
    address: () => at,
    moveTo: (address) => void (at = address),
  };
}
