'use strict';

const { scryptSync } = require('node:crypto');
const os = require('node:os');
const { parentPort } = require('node:worker_threads');

// On Linux this holds for this thread alone: whoever waits for a fast answer goes first on our one CPU.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

parentPort.on('message', ({ password, salt }) => {
  parentPort.postMessage(scryptSync(password, salt, 32, { N: 16_384, r: 8, p: 1 }).toString('hex'));
});
