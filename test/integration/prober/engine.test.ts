import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding, Pack } from '../../../assessments/kit/index.js';
import type { ProberEvent } from '../../../runners/prober/types.js';
import { openRig, type ProberRig } from '../support/proberRig.js';

let rig: ProberRig;
beforeAll(async () => {
  rig = await openRig();
}, 600_000);
afterAll(() => rig.close());

const IDS = ['announces-once', 'create-note', 'key-required', 'survives-crash'];
const quick = (pack: Pack): Pack => ({
  ...pack,
  spec: { ...pack.spec, limits: { ...pack.spec.limits, bootSeconds: 2 } },
});
const outcomes = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(findings.map(({ checkId, outcome }) => [checkId, outcome]));
const find = (findings: readonly Finding[], id: string): Finding | undefined =>
  findings.find(({ checkId }) => checkId === id);

describe('an honest service', () => {
  test('is found, checked, restarted, loaded and measured', async () => {
    await rig.withService('good', async (prober) => {
      expect(await prober.boot()).toMatchObject({ ok: true, address: 'http://127.0.0.1:8080', notes: [] });

      const events: ProberEvent[] = [];
      const findings = await prober.run(rig.pack.checks, (event) => events.push(event));
      expect(findings.map(({ checkId }) => checkId)).toEqual(IDS);
      expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(['pass']));
      expect(events.filter(({ type }) => type === 'checkFinished')).toHaveLength(4);
      expect(events.filter(({ type }) => type === 'serviceStarted')).toHaveLength(2);

      const text = JSON.stringify(findings);
      expect(text).toContain('$API_KEY');
      expect(text).not.toMatch(/[0-9a-f]{32}/);
      expect(prober.notes).toEqual([]);

      const [load] = rig.pack.loads;
      const side = prober.side(load!);
      expect(await side.restart()).toBe(true);
      const stretch = { connections: 8, from: 0, rate: null, withinMs: 5000, slowClients: 0 };
      const before = await side.cpuMs();
      const driven = await side.drive({ ...stretch, count: 200 });
      expect(driven).toMatchObject({
        good: 200,
        wrongStatus: 0,
        lost: 0,
        late: 0,
        fault: null,
        difference: null,
      });
      expect((await side.cpuMs()) - before).toBeGreaterThan(1);
      expect((await side.memory()).peakBytes).toBeGreaterThan(5 * 2 ** 20);
    });
  }, 120_000);

  test('is found on another port and on the IPv6 loopback, and that is said', async () => {
    const start = 'PORT=3000 HOST=::1 node server.cjs';
    await rig.withService(
      'good',
      async (prober) => {
        const booted = await prober.boot();
        expect(booted).toMatchObject({ ok: true, address: 'http://[::1]:3000' });
        expect(prober.notes.map(({ code }) => code)).toEqual([
          'listenedElsewhere',
          'listensOnlyOnIpv6Loopback',
        ]);
        const findings = await prober.run(rig.pack.checks.slice(1, 2), () => undefined);
        expect(outcomes(findings)).toEqual({ 'create-note': 'pass' });
      },
      { start },
    );
  }, 120_000);
});

describe('a service that does not come up', () => {
  test.each([
    ['exits', 'good', 'echo no settings >&2; exit 2', 'exited', /exit code 2/],
    ['never listens', 'good', 'sleep 60', 'neverReady', /on no port/],
    ['listens and says nothing', 'mute', 'node server.cjs', 'neverReady', /8080 but answered no HTTP/],
    ['takes all memory', 'hungry', 'node --max-old-space-size=4000 server.cjs', 'outOfMemory', /128 MiB/],
  ])(
    '%s',
    async (_what, service, start, code, message) => {
      await rig.withService(
        service,
        async (prober) => {
          const booted = await prober.boot();
          expect(booted).toMatchObject({
            ok: false,
            verdict: { code, message: expect.stringMatching(message) },
          });
          if (!booted.ok && code === 'exited') expect(booted.verdict.logTail).toContain('no settings');
        },
        { start, change: quick },
      );
    },
    60_000,
  );
});

describe('a dishonest service', () => {
  test('that says yes to everything and prints results gets what it earns', async () => {
    await rig.withService('cheating', async (prober) => {
      await prober.boot();
      const findings = await prober.run(rig.pack.checks, () => undefined);
      expect(outcomes(findings)).toEqual(Object.fromEntries(IDS.map((id) => [id, 'fail'])));
    });
  }, 120_000);

  test('that dies is started again for the next check, and its log shows why', async () => {
    await rig.withService('dying', async (prober) => {
      await prober.boot();
      const findings = await prober.run(rig.pack.checks.slice(1, 3), () => undefined);
      expect(outcomes(findings)).toEqual({ 'create-note': 'fail', 'key-required': 'pass' });
      expect(find(findings, 'create-note')?.message).toContain('closed the connection');
      expect(prober.notes).toContainEqual({
        code: 'serviceDied',
        message: expect.stringMatching(/exit code 3.*before the check "key-required"/),
      });
    });
  }, 120_000);
});

test('a service that has put a file in place of its folder cannot be started again, by its own doing', async () => {
  const swap =
    "const fs = require('fs'); fs.renameSync('/work/api', '/work/old'); fs.writeFileSync('/work/api', '')";
  await rig.withService(
    'good',
    async (prober) => {
      expect(await prober.boot()).toMatchObject({ ok: true });
      const findings = await prober.run(rig.pack.checks.slice(1), () => undefined);
      expect(outcomes(findings)).toMatchObject({ 'create-note': 'pass', 'survives-crash': 'fail' });
    },
    { workdir: '/work/api', start: `node -e "${swap}"; exec node /work/old/server.cjs` },
  );
}, 120_000);

describe('a prober that is lost', () => {
  test('once: the check under way is run again alone, and that result counts', async () => {
    await rig.withService('good', async (prober, probers) => {
      await prober.boot();
      let killed = false;
      const findings = await prober.run(rig.pack.checks, (event) => {
        if (event.type !== 'checkStarted' || event.checkId !== 'create-note' || killed) return;
        killed = true;
        void probers.at(-1)?.signal('SIGKILL');
      });
      expect(findings.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass', 'pass']);
      expect(probers.length).toBeGreaterThan(1);
    });
  }, 120_000);

  test('each time: that check fails, and the others keep their results', async () => {
    await rig.withService('good', async (prober, probers) => {
      await prober.boot();
      const findings = await prober.run(rig.pack.checks, (event) => {
        if (event.type === 'checkStarted' && event.checkId === 'announces-once')
          void probers.at(-1)?.signal('SIGKILL');
      });
      const rest = { 'create-note': 'pass', 'key-required': 'pass', 'survives-crash': 'pass' };
      expect(outcomes(findings)).toEqual({ 'announces-once': 'fail', ...rest });
      expect(find(findings, 'announces-once')?.message).toContain('brought down twice');
    });
  }, 120_000);
});

test('a cancelled run ends at once', async () => {
  const cancel = new AbortController();
  await rig.withService(
    'good',
    async (prober) => {
      await prober.boot();
      const run = prober.run(rig.pack.checks, () => cancel.abort(new Error('cancelled')));
      await expect(run).rejects.toThrow('cancelled');
    },
    { signal: cancel.signal },
  );
}, 120_000);
