'use strict';
const { spawn } = require('node:child_process');

// Each byte is on the other stream than the one before, so that whoever keeps them in order has as much to remember as to read.
spawn('timeout', ['12', 'sh', '-c', 'while :; do printf x; printf y >&2; done'], { stdio: 'inherit' });

require('./contract').serve();
