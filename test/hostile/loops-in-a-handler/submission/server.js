'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    while (req.method === 'POST');
    next(req, res);
  },
});
