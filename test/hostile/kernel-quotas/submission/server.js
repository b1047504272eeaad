'use strict';
const { spawn } = require('node:child_process');
const { mkdirSync, watch } = require('node:fs');
const { Worker } = require('node:worker_threads');

const kept = [];
const until = (limit, act) => {
  for (let count = 0; count < limit; count++) {
    try {
      kept.push(act(count));
    } catch {
      return count;
    }
  }
  return limit;
};
const swallow = (emitter) => emitter.on('error', () => {});

console.log('folders watched', until(8000, (count) => {
  mkdirSync(`/tmp/watched/${count}`, { recursive: true });
  return swallow(watch(`/tmp/watched/${count}`, () => {}));
}));
const instance = "require('node:fs').watch('/tmp', () => {}); setInterval(() => {}, 1e6)";
console.log('threads that watch', until(6, () => swallow(new Worker(instance, { eval: true }))));
console.log('children with pipes', until(6, () => swallow(spawn('sleep', ['600']))));

require('./contract').serve();
