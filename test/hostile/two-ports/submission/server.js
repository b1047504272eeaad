'use strict';
const { createServer } = require('node:http');
createServer((_req, res) => res.end('up 1\n')).listen(9464, () => setTimeout(() => require('./contract').serve(), 500));
