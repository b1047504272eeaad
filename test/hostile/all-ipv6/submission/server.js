'use strict';
require('./contract').serve({ host: '::' });
