'use strict';
require('./Contract').serve();
