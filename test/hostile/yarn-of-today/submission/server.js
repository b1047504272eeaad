'use strict';
require('ms')('1s');
require('./contract').serve();
