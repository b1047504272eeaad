'use strict';
require('ms')('1s');
require('@notes/contract').serve();
