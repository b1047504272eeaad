'use strict';
const { createServer } = require('node:http');
createServer().listen(9101, '127.0.0.1', () => require('./contract').serve());
