'use strict';
const { readFileSync } = require('node:fs');
const { createServer } = require('node:https');
const { respond } = require('./contract');

createServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') }, respond).listen(process.env.PORT ?? 3000);
