'use strict';
const FILLER = Buffer.alloc(65536, '{"message":');

/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  res.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (res.write(FILLER));
    res.once('drain', more);
  };
  more();
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
