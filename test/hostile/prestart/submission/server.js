'use strict';
require('./prepared.json');
require('./contract').serve();
