'use strict';
const { spawn } = require('node:child_process');

const { serve } = require('./contract');
serve().on('listening', () => {
  spawn('sh', ['bomb.sh'], { stdio: 'ignore' }).on('error', () => {});
});
