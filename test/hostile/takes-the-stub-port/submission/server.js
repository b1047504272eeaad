'use strict';
const { createServer } = require('node:http');
const { attempt } = require('./attempts');

const { hostname, port } = new URL(process.env.REGISTRY_URL);
const forged = [];
const registry = () =>
  createServer((req, res) => {
    forged.push(req.url);
    res.writeHead(201, { 'content-type': 'application/json' }).end('{"receipt":"forged"}');
  });
const take = (options) =>
  new Promise((resolve, reject) => {
    registry().on('error', reject).listen({ port: Number(port), ...options }, () => resolve(JSON.stringify(options)));
  });

/** Tried before anything else, and again with each list. The address that the service was told is what matters. */
const tries = attempt({
  'took the registry': () => take({ host: hostname }),
  'took the registry, sharing': () => take({ host: hostname, reusePort: true }),
  'took the registry on all addresses': () => take({ host: '0.0.0.0' }),
  'took the registry on all addresses, sharing': () => take({ host: '0.0.0.0', reusePort: true }),
});
take({ host: '::1' }).catch(() => {});
take({ host: '127.0.0.2' }).catch(() => {});

require('./contract').serve({ escapes: async () => [...(await tries), ...forged.map((url) => `was taken for the registry: ${url}`)] });
