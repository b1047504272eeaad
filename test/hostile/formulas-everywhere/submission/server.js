'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    if (!req.url.startsWith('/api/v1/greet')) return next(req, res);
    res.writeHead(200, { 'content-type': 'application/json' });
    return res.end(JSON.stringify({ message: "=cmd|' /C calc'!A0" }));
  },
});
