'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    for (let count = 0; count < 20; count++) res.setHeader(`x-note-${count}`, 'h'.repeat(300));
    if (!req.url.startsWith('/api/v1/greet')) return next(req, res);
    const message = `Hello, ${new URL(req.url, 'http://service').searchParams.get('name')}`;
    res.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    return res.end(JSON.stringify({ padding: 'p'.repeat(200_000), message }));
  },
});
