/**
 * Loaded before the candidate's program in a run that nothing is measured in: samples where processor time goes, how long
 * the event loop is held up, and the heap; then writes one line of JSON and is silent. What it writes is a hint only.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { constants, monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const SAMPLE_MS = 150;
/** As Clinic.js Doctor samples a process itself. */
const STAT_MS = 10;
const MOST = 1000;
const GC_NAMES = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'V8.GCScavenger',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'V8.GCFinalizeMC',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'V8.GCIncrementalMarkingFinalize',
};
const { ASSAYER_DIAGNOSIS: path, ASSAYER_DIAGNOSIS_MS: length } = process.env;

let session;
let delay;
let timer;
let statTimer;
let collections;
const samples = [];
const stats = [];
const gc = [];
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
  beginStats();
}

/** What Doctor's analysis reads: how late a timer is, processor time, memory, handles, and the collector's stops. */
function beginStats() {
  let at = performance.now();
  let cpu = process.cpuUsage();
  const sample = () => {
    const elapsed = performance.now() - at;
    const { user, system } = process.cpuUsage(cpu);
    const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
    stats.push({
      timestamp: Date.now(),
      delay: Math.max(0, elapsed - STAT_MS),
      cpu: (user + system) / 1000 / elapsed,
      memory: { rss, heapTotal, heapUsed, external },
      handles: process.getActiveResourcesInfo().length,
      loopUtilization: performance.eventLoopUtilization().utilization * 100,
    });
    at = performance.now();
    cpu = process.cpuUsage();
    if (stats.length < MOST) statTimer = setTimeout(sample, STAT_MS).unref();
  };
  statTimer = setTimeout(sample, STAT_MS).unref();
  collections = new PerformanceObserver((list) => {
    for (const { startTime, duration, detail } of list.getEntries()) {
      const name = GC_NAMES[detail.kind];
      const startTimestamp = performance.timeOrigin + startTime;
      if (name && gc.length < MOST)
        gc.push({ name, args: { startTimestamp, endTimestamp: startTimestamp + duration } });
    }
  });
  collections.observe({ entryTypes: ['gc'] });
}

function finish() {
  clearInterval(timer);
  clearTimeout(statTimer);
  collections.disconnect();
  delay.disable();
  session.post('Profiler.stop', (error, result) => {
    if (error) return;
    const line = JSON.stringify({ folder: process.cwd(), samples, stats, gc, ...hotSpots(result.profile) });
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
