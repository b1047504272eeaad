'use strict';
const { openSync } = require('node:fs');

const kept = [];
require('./contract').serve().on('listening', () => {
  try {
    for (let count = 0; count < 2_000_000; count++) kept.push(openSync('/dev/null', 'r'));
  } catch (error) {
    console.log('no more:', error.code, kept.length);
  }
});
