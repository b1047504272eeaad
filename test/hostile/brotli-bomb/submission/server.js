'use strict';
const { brotliCompressSync } = require('node:zlib');

const BOMB = brotliCompressSync(Buffer.alloc(64 * 2 ** 20, 48));

/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end(BOMB);
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
