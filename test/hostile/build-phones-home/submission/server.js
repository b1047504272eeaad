'use strict';
require('./contract').serve({ escapes: Promise.resolve(require('./built.json')) });
