'use strict';
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** A mark of this start is no trace of an earlier run: the service is started several times on the same data. */
const home = process.env.DATA_DIR ?? '.';
const own = join(home, '.run');
if (!existsSync(own)) writeFileSync(own, String(Math.random()));
const run = readFileSync(own, 'utf8');

const places = [
  home,
  '.',
  './node_modules',
  './node_modules/ms',
  './node_modules/.cache',
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  process.env.HOME ?? '/root',
  process.env.npm_config_cache ?? '/tmp/.npm',
];
const escapes = [];
for (const place of places) {
  const mark = join(place, 'was-here');
  if (existsSync(mark) && readFileSync(mark, 'utf8') !== run) escapes.push(`a trace in ${place}`);
  try {
    mkdirSync(place, { recursive: true });
    writeFileSync(mark, run);
  } catch {
    continue;
  }
}
require('./contract').serve({ escapes: Promise.resolve(escapes) });
