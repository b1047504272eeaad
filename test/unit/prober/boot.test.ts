import { expect, test } from '@jest/globals';
import { AgentGone } from '../../../runners/prober/driver/agent.js';
import { boot } from '../../../runners/prober/driver/boot.js';
import type { Started } from '../../../runners/prober/driver/service.js';

const UP: Started = { ok: true, address: 'http://127.0.0.1:1', bootMs: 1, notes: [] };
const verdict = { code: 'exited', stage: 'boot', message: 'It ended.', logTail: '' } as const;
const down = (starved: boolean): Started => ({ ok: false, verdict, starved });
const gone = (why: AgentGone['why']) => new AgentGone(why, 'is gone');

async function booted(...outcomes: (Started | Error)[]) {
  const done: string[] = [];
  const service = {
    async start() {
      done.push('start');
      const next = outcomes.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error('once too often');
      return next;
    },
    stop: async () => void done.push('stop'),
  };
  const result = await boot(service, async () => void done.push('new prober'));
  return { result, done: done.join(', ') };
}

test.each([
  ['what starts is up', [UP], true, 'start'],
  ['what ends by itself is down', [down(false)], false, 'start'],
  ['what ended on a starved host is tried again', [down(true), UP], true, 'start, start'],
  ['twice at most', [down(true), down(true)], false, 'start, start'],
  ['a lost prober is replaced', [gone('died'), UP], true, 'start, stop, new prober, start'],
])('%s', async (_what, outcomes, ok, done) => {
  expect(await booted(...outcomes)).toMatchObject({ result: { ok }, done });
});

test('a service that brings two probers down pays for it, one that does not believe its prober does not', async () => {
  const { result } = await booted(gone('died'), gone('died'));
  expect(result).toMatchObject({ ok: false, verdict: { code: 'neverReady' } });
  await expect(booted(gone('breach'))).rejects.toThrow('is gone');
});
