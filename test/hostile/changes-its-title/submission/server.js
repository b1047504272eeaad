'use strict';
const { execFileSync } = require('node:child_process');
process.title = 'notes-service';
console.log(execFileSync('node', ['--version']).toString(), execFileSync('sh', ['-c', 'echo helper']).toString());
const { serve } = require('./contract');
process.chdir('/tmp');
serve();
