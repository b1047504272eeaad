'use strict';
require('node:fs').accessSync('built ok');
require('./contract').serve();
