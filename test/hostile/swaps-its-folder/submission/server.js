'use strict';
const { renameSync, writeFileSync } = require('node:fs');

require('./contract').serve();
renameSync('/work/api', '/work/old');
writeFileSync('/work/api', '');
