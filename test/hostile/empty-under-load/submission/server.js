'use strict';
let lately = 0;
setInterval(() => (lately = 0), 250).unref();

require('./contract').serve({
  wrap: (next) => (req, res) => {
    lately += 1;
    if (lately > 60 && req.url.startsWith('/api/v1/greet')) return res.writeHead(200).end();
    return next(req, res);
  },
});
