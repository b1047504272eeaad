'use strict';
const { chmodSync } = require('node:fs');

require('./contract').serve();
chmodSync('/work', 0);
