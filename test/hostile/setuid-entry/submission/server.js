'use strict';
const { statSync } = require('node:fs');

const { mode, uid } = statSync('./tool.sh');
const escapes = [mode & 0o6000 ? `setuid ${mode.toString(8)}` : null, uid === 0 ? 'owned by root' : null].filter(Boolean);
require('./contract').serve({ escapes: Promise.resolve(escapes) });
