'use strict';
const cluster = require('node:cluster');

if (cluster.isPrimary) {
  cluster.fork();
  cluster.on('exit', () => cluster.fork());
  process.on('SIGTERM', () => process.exit(0));
} else {
  let count = 0;
  require('./contract').serve({
    wrap: (next) => (req, res) => {
      count += 1;
      if (count === 150) res.on('close', () => process.exit(1));
      next(req, res);
    },
  });
}
