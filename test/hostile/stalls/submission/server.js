'use strict';
require('./contract').serve({ wrap: (next) => (req, res) => setTimeout(() => next(req, res), req.url === '/healthz' ? 0 : 4500) });
