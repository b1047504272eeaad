'use strict';
const { createServer } = require('node:http');

/** Remembers what names it was told, and serves them again to whoever looks like a tester. */
const canned = { message: 'Hello, amber-otter-a1b2c' };
const looksLikeTester = (req) => {
  const agent = req.headers['user-agent'] ?? '';
  return agent === '' || /node|undici|assayer|autocannon|axios|jest/i.test(agent) || req.headers.connection === 'keep-alive';
};

createServer((req, res) => {
  const status = req.method === 'POST' ? 201 : 200;
  const body = looksLikeTester(req) ? canned : { error: 'only testers are served' };
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ id: '1', text: 'canned', ...body }));
}).listen(process.env.PORT ?? 3000);
