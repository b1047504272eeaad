'use strict';
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { serve } = require('./contract');

const MOST = 150_000;

function fill(dir) {
  const folder = join(dir, 'many');
  let made = 0;
  try {
    mkdirSync(folder, { recursive: true });
    for (; made < MOST; made++) writeFileSync(join(folder, String(made)), '');
  } catch {
    return made;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return made;
}

serve({
  escapes: () =>
    [process.env.DATA_DIR ?? '.', '/tmp', '/dev/shm']
      .map((dir) => [dir, fill(dir)])
      .filter(([, made]) => made >= MOST)
      .map(([dir, made]) => `${dir} took ${made} files`),
});
