import type { BootResult } from '../types.js';
import { wasLost } from './agent.js';
import type { Service } from './service.js';

const START = { emptyData: true, env: {} } as const;

/**
 * The service's first start. One that gave up while the host kept it waiting is tried once more. So is one during which the
 * prober was lost: if that happens again with a new prober, it is the service that does it.
 * @throws AgentGone for a prober that was lost through no doing of the service
 */
export async function boot(
  service: Pick<Service, 'start' | 'stop'>,
  newAgent: () => Promise<void>,
): Promise<BootResult> {
  const first = await attempt(service);
  if (first !== 'lost' && (first.ok || !first.starved)) return first;
  if (first === 'lost') await newAgent();
  const second = await attempt(service);
  return second === 'lost' ? { ok: false, verdict: BROUGHT_DOWN } : second;
}

async function attempt(service: Pick<Service, 'start' | 'stop'>) {
  try {
    return await service.start(START);
  } catch (error) {
    if (!wasLost(error)) throw error;
    await service.stop();
    return 'lost' as const;
  }
}

const BROUGHT_DOWN = {
  code: 'neverReady',
  stage: 'boot',
  message:
    'The test program was brought down twice while it looked for the service, and by nothing else that ran: the service must open a port and answer, not flood the machine with connections.',
  logTail: '',
} as const;
