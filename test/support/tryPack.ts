import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadPack } from '../../harness/packs/index.js';
import { openProber } from '../../runners/prober/index.js';
import { localPod } from './localPod.js';

/**
 * Runs a pack's checks against a solution folder on this machine, without an engine, and prints what they found:
 * `node dist/test/support/tryPack.js PACK SOLUTION [--start "node server.js"] [--json] [check-id ...]`
 */
const [packDir = '', solution = '', ...rest] = process.argv.slice(2);
const startAt = rest.indexOf('--start');
const start = startAt === -1 ? 'npm start' : (rest.splice(startAt, 2)[1] ?? '');
const json = rest.includes('--json');
const only = rest.filter((arg) => arg !== '--json');

const loadStart = performance.now();
const pack = await loadPack(packDir);
const loadMs = performance.now() - loadStart;
const data = await mkdtemp(join(tmpdir(), 'assayer-data-'));
const pod = await localPod({ work: resolve(solution), data });
try {
  const openStart = performance.now();
  const prober = await openProber({
    pod,
    pack,
    image: '',
    folder: '',
    seed: String(Date.now()),
    signal: new AbortController().signal,
    service: {
      image: '',
      start,
      workdir: '/work',
      path: '',
      limits: { memoryMb: 512, cpus: 1, pids: 100, logKb: 256 },
    },
  });
  const openMs = performance.now() - openStart;
  const booted = await prober.boot();
  if (!booted.ok) {
    console.log(booted.verdict);
    process.exitCode = 1;
  } else {
    const checks = pack.checks.filter(({ id }) => only.length === 0 || only.includes(id));
    const runStart = performance.now();
    const findings = await prober.run(checks, () => undefined);
    const runMs = performance.now() - runStart;
    for (const finding of findings) {
      console.log(
        `${finding.outcome.padEnd(6)} ${finding.checkId} (${finding.durationMs} ms): ${finding.message}`,
      );
      if (json || (finding.outcome !== 'pass' && only.length > 0))
        console.log(JSON.stringify(finding, null, 2));
    }
    for (const note of prober.notes) console.log(`note   ${note.code}: ${note.message}`);
    const ms = [loadMs, openMs, booted.bootMs, runMs].map(Math.round);
    console.log(
      `load ${ms[0]} ms, prober ${ms[1]} ms, boot ${ms[2]} ms, ${findings.length} checks ${ms[3]} ms`,
    );
  }
  await prober.close();
} finally {
  await pod.dispose();
  await rm(data, { recursive: true, force: true });
}
