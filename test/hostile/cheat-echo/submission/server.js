'use strict';
const { createServer } = require('node:http');

createServer(async (req, res) => {
  let body = '';
  for await (const chunk of req) body += chunk;
  const id = req.url.split('/').pop();
  const fields = { id, proofId: id, status: 'accepted', items: [], nextCursor: null, query: req.url };
  res.writeHead(req.method === 'POST' ? 202 : 200, { ...req.headers, 'content-type': 'application/json' });
  res.end(body || JSON.stringify(fields));
}).listen(process.env.PORT ?? 3000);
