'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.includes('notes') ? res.writeHead(501).end() : next(req, res)),
});
