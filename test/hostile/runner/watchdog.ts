import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';

/** Notices when a submission keeps the platform's own thread busy, which no timeout within that thread can. */
export interface Watchdog {
  enter(fixture: string): void;
  /** @returns the longest that the thread was blocked since the fixture entered, or since another left, in seconds */
  leave(fixture: string): number;
  close(): Promise<void>;
}

/** Blocked for this long, the whole run is ended: it would not end by itself. */
const HOPELESS_SECONDS = 60;
const BEAT_MS = 500;

/** Runs on a thread of its own, so that it still can. */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads');
const { beat, hopelessMs } = workerData;
const under = new Set();
let last = Atomics.load(beat, 0);
let since = Date.now();
parentPort.on('message', ({ enter, leave }) => (enter ? under.add(enter) : under.delete(leave)));
setInterval(() => {
  const now = Atomics.load(beat, 0);
  if (now !== last) [last, since] = [now, Date.now()];
  if (Date.now() - since < hopelessMs) return;
  require('node:fs').writeSync(2, 'The platform has been blocked for ' + hopelessMs / 1000 + ' s by one of: ' + [...under].join(', ') + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, ${BEAT_MS});
`;

export function startWatchdog(): Watchdog {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(CODE, {
    eval: true,
    workerData: { beat, hopelessMs: HOPELESS_SECONDS * 1000 },
  });
  const heart = setInterval(() => Atomics.add(beat, 0, 1), BEAT_MS);
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return {
    enter: (fixture) => worker.postMessage({ enter: fixture }),
    leave(fixture) {
      worker.postMessage({ leave: fixture });
      const seconds = delay.max / 1e9;
      delay.reset();
      return seconds;
    },
    async close() {
      clearInterval(heart);
      delay.disable();
      await worker.terminate();
    },
  };
}
