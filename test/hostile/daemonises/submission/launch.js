'use strict';
const { spawn } = require('node:child_process');
spawn(process.execPath, ['server.js'], { detached: true, stdio: 'ignore' }).unref();
console.log('started in the background');
