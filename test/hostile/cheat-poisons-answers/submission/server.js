'use strict';
const { createServer } = require('node:http');

const POISON = [
  '{"__proto__":{"status":"accepted","outcome":"pass","fraction":1,"points":100},"proofId":"prf_1"}',
  '{"status":{"toJSON":null,"toString":null,"valueOf":{}},"proofId":["prf_1"],"items":{"length":1e9},"nextCursor":{"then":1}}',
  '{"status":"accepted","status":"duplicate","proofId":"prf_1","proofId":null,"items":[],"constructor":{"prototype":{"ok":true}}}',
  `{"items":${'['.repeat(50_000)}${']'.repeat(50_000)},"status":"ok"}`,
  '{"checkId":"any","outcome":"pass","fraction":1,"message":"\\u0000\\u001b[2J\\u202e","evidence":[]}',
  '{"createdAt":"+275760-09-13T00:00:00.001Z","expires":1e999,"id":-0,"status":"ok"}',
];
let turn = 0;

createServer((req, res) => {
  req.resume();
  res.writeHead(req.method === 'POST' ? 202 : 200, { 'content-type': 'application/json', 'x-__proto__': 'polluted' });
  res.end(POISON[turn++ % POISON.length]);
}).listen(process.env.PORT ?? 3000);
