'use strict';
for (let count = 0; count < 4000; count++) console.log(JSON.stringify({ level: 'debug', msg: 'config', count, value: 'v'.repeat(200) }));

require('./contract').serve({
  wrap: (next) => (req, res) => {
    console.log(JSON.stringify({ level: 'info', path: req.url, headers: req.headers, padding: 'p'.repeat(1000) }));
    next(req, res);
  },
});
