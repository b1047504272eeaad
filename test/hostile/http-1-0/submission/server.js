'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    res.useChunkedEncodingByDefault = false;
    res.shouldKeepAlive = false;
    res.removeHeader('content-length');
    next(req, res);
  },
});
