'use strict';
const answered = [];

require('./contract').serve({
  wrap: (next) => (req, res) => {
    if (req.url.startsWith('/api/v1/greet')) answered.push({ at: Date.now(), raw: Buffer.alloc(2 ** 21, req.url) });
    next(req, res);
  },
});
