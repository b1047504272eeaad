'use strict';
const { createServer } = require('node:http');

createServer(async (req, res) => {
  let body = '';
  for await (const chunk of req) body += chunk;
  const name = new URL(req.url, 'http://service').searchParams.get('name');
  const id = req.url.split('/')[4];
  res.writeHead(req.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
  res.end(body || JSON.stringify({ id, text: id, name, message: name, receipt: id }));
}).listen(process.env.PORT ?? 3000);
