/**
 * Loaded before the candidate's program in a run that nothing is measured in: samples where processor time goes, how long
 * the event loop is held up, and the heap; then writes one line of JSON and is silent. What it writes is a hint only.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const SAMPLE_MS = 150;
const { ASSAYER_DIAGNOSIS: path, ASSAYER_DIAGNOSIS_MS: length } = process.env;

let session;
let delay;
let timer;
const samples = [];
if (isMainThread && path) begin();

function begin() {
  session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1000 });
  session.post('Profiler.start');
  delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  let before = performance.eventLoopUtilization();
  timer = setInterval(() => {
    const atMs = performance.now() - began;
    const now = performance.eventLoopUtilization();
    const busy = performance.eventLoopUtilization(now, before).utilization;
    before = now;
    const heapMb = process.memoryUsage().heapUsed / 2 ** 20;
    samples.push({ atMs, delayMs: Math.max(0, delay.max / 1e6), heapMb, busy });
    delay.reset();
    if (atMs >= Number(length)) finish();
  }, SAMPLE_MS);
  timer.unref();
}

function finish() {
  clearInterval(timer);
  delay.disable();
  session.post('Profiler.stop', (error, result) => {
    if (error) return;
    const line = JSON.stringify({ folder: process.cwd(), samples, ...hotSpots(result.profile) });
    writeFileSync(`${path}-${process.pid}.json`, `${line}\n`);
  });
}

/** Busy milliseconds, and the functions in which most of them were spent. */
function hotSpots({ nodes, samples: ids, timeDeltas }) {
  const self = new Map();
  ids.forEach((id, index) => self.set(id, (self.get(id) ?? 0) + timeDeltas[index] / 1000));
  const spots = new Map();
  let busyMs = 0;
  for (const { id, callFrame } of nodes) {
    const ms = self.get(id) ?? 0;
    const { functionName: name, url, lineNumber } = callFrame;
    if (ms === 0 || ['(idle)', '(program)', '(root)'].includes(name)) continue;
    busyMs += ms;
    if (!url.startsWith('file:') && !url.startsWith('/')) continue;
    const key = `${name} ${url} ${lineNumber}`;
    const spot = spots.get(key) ?? { name: name || '(anonymous)', url, line: lineNumber + 1, ms: 0 };
    spot.ms += ms;
    spots.set(key, spot);
  }
  const hot = [...spots.values()].sort((a, b) => b.ms - a.ms).slice(0, 200);
  return { busyMs, hot };
}
