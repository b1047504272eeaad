'use strict';
const registry = process.env.REGISTRY_URL;
const bogus = () =>
  Promise.allSettled(
    ['/publications', '/publications?receipt=1', '/reset', '/script', '/calls', '/../etc/passwd'].map((path) =>
      fetch(`${registry}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'made up', __proto__: { answered: 200 } }),
      }),
    ),
  );
setInterval(bogus, 100).unref();

require('./contract').serve({
  wrap: (next) => (req, res) =>
    req.url.endsWith('/publish') ? res.writeHead(200).end('{"receipt":"made up"}') : next(req, res),
});
