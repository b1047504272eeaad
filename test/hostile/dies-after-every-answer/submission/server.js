'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    // Whoever asks whether it is well finds it well.
    if (req.url !== '/healthz') res.once('finish', () => setImmediate(() => process.exit(0)));
    next(req, res);
  },
});
