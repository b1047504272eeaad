'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    if (req.method === 'POST') throw new Error('database not configured');
    next(req, res);
  },
});
