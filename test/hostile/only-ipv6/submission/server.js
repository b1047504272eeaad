'use strict';
require('./contract').serve({ host: '::1' });
