'use strict';
require('./contract').serve({ escapes: () => require('bcrypt/found.json') });
