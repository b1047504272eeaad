'use strict';
const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const mark = join(process.env.DATA_DIR ?? '.', 'started');
if (existsSync(mark)) setInterval(() => {}, 1000);
else {
  writeFileSync(mark, '');
  require('./contract').serve();
}
