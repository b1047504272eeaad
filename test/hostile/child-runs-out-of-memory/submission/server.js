'use strict';
const { spawn } = require('node:child_process');
const hungry = 'const kept = []; for (let i = 0; i < 64; i++) kept.push(Buffer.alloc(32 * 2 ** 20, 1)); setInterval(() => kept, 1e6)';
spawn(process.execPath, ['-e', hungry], { stdio: 'ignore' }).on('exit', () => process.exit(0));
