'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    res.setHeader('connection', 'close');
    next(req, res);
  },
});
