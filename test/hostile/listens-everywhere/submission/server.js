'use strict';
const { createServer } = require('node:net');

const silent = () => createServer(() => {}).on('error', () => {});
for (let port = 10_000; port < 17_000; port++) silent().listen(port);
setTimeout(() => require('./contract').serve(), 2000);
