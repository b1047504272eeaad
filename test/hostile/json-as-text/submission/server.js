'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    const { writeHead } = res;
    res.writeHead = (status) => writeHead.call(res, status, { 'content-type': 'text/html' });
    next(req, res);
  },
});
