'use strict';
require('./contract').serve({ port: 80 });
