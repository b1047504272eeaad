'use strict';
const { closeSync, openSync, rmSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { serve } = require('./contract');

const MIB = Buffer.alloc(2 ** 20, 7);
const MOST = 1024;

/** How many MiB went in before there was no room. */
function fill(dir) {
  const path = join(dir, 'ballast');
  let written = 0;
  try {
    const file = openSync(path, 'w');
    try {
      for (; written < MOST; written++) writeSync(file, MIB);
    } finally {
      closeSync(file);
    }
  } catch {
    return written;
  } finally {
    rmSync(path, { force: true });
  }
  return written;
}

const escapes = () => {
  const dirs = ['.', process.env.DATA_DIR ?? '.', '/tmp', '/dev/shm', '/var/tmp', '/run', '/'];
  return dirs.map((dir) => [dir, fill(dir)]).filter(([, mib]) => mib >= MOST).map(([dir, mib]) => `${dir} took ${mib} MiB`);
};

serve({ escapes });
