'use strict';
const ready = Date.now() + 2500;
require('./contract').serve({
  wrap: (next) => (req, res) => (Date.now() < ready ? res.writeHead(503, { 'retry-after': '1' }).end() : next(req, res)),
});
