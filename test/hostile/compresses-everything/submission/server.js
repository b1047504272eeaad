'use strict';
const { createGzip } = require('node:zlib');

require('./contract').serve({
  wrap: (next) => (req, res) => {
    if (!/gzip/.test(req.headers['accept-encoding'] ?? '')) return next(req, res);
    const zip = createGzip();
    const { writeHead } = res;
    const end = res.end.bind(res);
    res.writeHead = (status, headers) => writeHead.call(res, status, { ...headers, 'content-encoding': 'gzip' });
    zip.on('data', (chunk) => res.write(chunk)).on('end', () => end());
    res.end = (body) => zip.end(body);
    return next(req, res);
  },
});
