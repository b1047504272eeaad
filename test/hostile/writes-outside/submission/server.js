'use strict';
require('node:fs').writeFileSync('/var/run/notes.pid', String(process.pid));
require('./contract').serve();
