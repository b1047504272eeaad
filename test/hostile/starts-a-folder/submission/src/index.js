'use strict';
require('../contract').serve();
