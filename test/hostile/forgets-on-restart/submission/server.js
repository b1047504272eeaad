'use strict';
process.env.DATA_DIR = `/tmp/notes-${process.pid}-${Date.now()}`;
require('./contract').serve();
