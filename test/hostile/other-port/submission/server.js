'use strict';
require('./contract').serve({ port: 8080 });
