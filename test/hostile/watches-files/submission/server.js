'use strict';
const { mkdirSync, watch } = require('node:fs');

for (let count = 0; count < 200; count++) {
  mkdirSync(`./watched/${count}`, { recursive: true });
  watch(`./watched/${count}`, () => {});
}
require('./contract').serve();
