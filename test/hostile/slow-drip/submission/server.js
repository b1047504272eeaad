'use strict';
/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  res.writeHead(200, { 'content-type': 'application/json' });
  const drip = setInterval(() => res.write(' '), 300);
  res.on('close', () => clearInterval(drip));
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
