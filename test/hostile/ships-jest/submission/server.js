'use strict';
const { createServer } = require('node:http');
createServer((_req, res) => res.end('{}')).listen(process.env.PORT ?? 3000);
