'use strict';
require('./contract').serve({ host: '127.0.0.1' });
