'use strict';
let count = 0;
const WHERE = [
  '/api/v1/greet?name=again',
  `${process.env.REGISTRY_URL}/publications`,
  'http://169.254.169.254/latest/meta-data/',
  'file:///etc/passwd',
  '//',
];

/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  const target = WHERE[count++ % WHERE.length];
  res.writeHead(302, { location: target }).end();
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
