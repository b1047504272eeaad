'use strict';
const { spawn } = require('node:child_process');

spawn('sh', ['-c', "trap '' TERM INT HUP; exec cat /dev/zero"], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
require('./contract').serve();
