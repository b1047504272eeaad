'use strict';
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');

for (const folder of ['./logs', './uploads', './tmp', './node_modules/.cache/notes']) mkdirSync(folder, { recursive: true });
writeFileSync('./dev.sqlite3', Buffer.alloc(2 ** 20));
writeFileSync('./node_modules/.cache/notes/index', 'x');
require('./contract').serve({
  wrap: (next) => (req, res) => {
    appendFileSync('./logs/access.log', `${req.method} ${req.url}\n`);
    next(req, res);
  },
});
