'use strict';
const os = require('node:os');
const { mkdtempSync } = require('node:fs');
const { join } = require('node:path');

console.log(JSON.stringify({ user: os.userInfo(), home: os.homedir(), host: os.hostname(), cpus: os.cpus().length, tmp: mkdtempSync(join(os.tmpdir(), 'notes-')) }));
require('./contract').serve();
