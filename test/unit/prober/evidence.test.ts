import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { evidenceSchema } from '../../../assessments/kit/schema/evidence.js';
import { createEvidenceLog } from '../../../runners/prober/agent/context/evidence.js';
import { createTranscript } from '../../../runners/prober/agent/stubs/transcript.js';
import type { UpstreamCall } from '../../../assessments/kit/index.js';
import { mask, SECRET } from './support.js';

const call = (over: Partial<UpstreamCall> = {}): UpstreamCall => ({
  atMs: 0,
  method: 'POST',
  path: '/mint',
  headers: {},
  body: '',
  answered: 201,
  aborted: false,
  durationMs: 1,
  ...over,
});

test('what a check cites is masked, cut and of the right shape', () => {
  const log = createEvidenceLog(mask);
  log.cite({
    kind: 'upstream',
    stub: 'registry',
    calls: Array.from({ length: 99 }, () => call({ body: `${SECRET}${'x'.repeat(9999)}` })),
  });
  log.cite({
    kind: 'log',
    label: 'log',
    lines: Array.from({ length: 99 }, (_, i) => `${i} ${SECRET}\u0007`),
  });
  log.cite({ kind: 'note', text: 'x'.repeat(9999) });
  log.cite({ kind: 'measure', name: 'gap', value: Number.NaN, unit: 'ms', limit: null });
  const all = log.all();
  expect(all.map(({ kind }) => kind)).toEqual(['upstream', 'log', 'note', 'note']);
  expect(all[1]).toMatchObject({ lines: expect.arrayContaining(['98 $API_KEY']) });
  expect(JSON.stringify(all)).not.toContain(SECRET);
  expect(JSON.stringify(all).length).toBeLessThan(60_000);
  for (const one of all) expect(evidenceSchema.safeParse(JSON.parse(JSON.stringify(one))).success).toBe(true);
});

test('a service cannot make a finding too long to report', () => {
  const log = createEvidenceLog(mask);
  const headers = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x-${i}`, 'y'.repeat(2000)]));
  for (let i = 0; i < 20; i++)
    log.cite({ kind: 'upstream', stub: `s${i}`, calls: Array.from({ length: 30 }, () => call({ headers })) });
  log.cite({
    kind: 'http',
    label: 'last',
    exchange: {
      request: { method: 'GET', path: '/', headers: {}, body: null },
      response: null,
      failure: 'gone',
      durationMs: 1,
      curl: '',
    },
  });
  const all = log.all();
  expect(JSON.stringify(all).length).toBeLessThan(600_000);
  expect(all[0]).toMatchObject({ kind: 'note', text: expect.stringContaining('too large to keep') });
  expect(all.at(-1)).toMatchObject({ kind: 'http', label: 'last' });
});

test('a stub that is hammered keeps ten thousand calls and refuses the rest', () => {
  const transcript = createTranscript();
  const request = { method: 'GET', url: '/', headers: {} } as IncomingMessage;
  const begin = () => transcript.begin(request, new EventEmitter() as ServerResponse);
  for (let i = 0; i < 10_000; i++) expect(begin()).not.toBeNull();
  expect(begin()).toBeNull();
  expect(transcript.calls).toHaveLength(10_000);
  expect(transcript.peakConcurrency).toBe(10_000);
});
