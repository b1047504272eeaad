'use strict';
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { load, serve } = require('./contract');

load();
const MIB = Buffer.alloc(2 ** 20, 7);
try {
  for (let count = 0; count < 512; count++) appendFileSync(join(process.env.DATA_DIR ?? '.', 'ballast'), MIB);
} catch (error) {
  console.log('full:', error.code);
}
serve();
