'use strict';
const { createServer } = require('node:net');

const FLOOD = Array.from({ length: 10_000 }, (_, index) => `x-${index}: ${'h'.repeat(100)}\r\n`).join('');
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    if (String(chunk).startsWith('GET /healthz')) return socket.end('HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{"status":"ok"}');
    return socket.end(`HTTP/1.1 202 Accepted\r\n${FLOOD}set-cookie: a\n injected: yes\r\ncontent-length: 2\r\n\r\n{}`);
  });
}).listen(process.env.PORT ?? 3000);
