import { expect, test } from '@jest/globals';
import type { DeclaredLoad } from '../../../assessments/kit/index.js';
import { AgentGone, type Agent } from '../../../runners/prober/driver/agent.js';
import type { Service } from '../../../runners/prober/driver/service.js';
import { createSide } from '../../../runners/prober/driver/side.js';
import type { DoneResult } from '../../../runners/prober/protocol.js';

const PROFILE = { file: 'load/it.load.cjs', title: 'It', measures: ['cost'] } as unknown as DeclaredLoad;

/** A side whose generator gives this answer, or is lost over the question. */
const side = (answer: DoneResult | AgentGone, running = true) => {
  const request = (): Promise<DoneResult> =>
    answer instanceof AgentGone ? Promise.reject(answer) : Promise.resolve(answer);
  const agent = async (): Promise<Agent> => ({ request }) as unknown as Agent;
  return createSide(PROFILE, { running } as Service, { agent, note: () => undefined });
};

test('what was kept is what the generator found', async () => {
  expect(await side({ reconciled: { fault: null } }).reconcile()).toBeNull();
  expect(await side({ reconciled: { fault: '3 are lost.' } }).reconcile()).toBe('3 are lost.');
});

test('who is gone when asked what it kept, or brings the generator down, has lost it', async () => {
  expect(await side({ reconciled: { fault: null } }, false).reconcile()).toContain('it was gone');
  const lost = side(new AgentGone('outOfMemory', 'ran out of memory'));
  expect(await lost.reconcile()).toContain('brought the test program down');
  expect(lost.running()).toBe(false);
});

test('a generator that breaks its word is our fault', async () => {
  await expect(side(new AgentGone('breach', 'sent nonsense')).reconcile()).rejects.toThrow('sent nonsense');
});
