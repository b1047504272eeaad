'use strict';
let count = 0;
const BROKEN = [
  'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 500\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nhello',
  'HTTP/9.9 99999 \x00\x1b[2J\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: anything\r\nconnection: upgrade\r\n\r\n\x81\x7f',
  '220 mail.example ESMTP\r\n',
];

/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  const { socket } = res;
  socket.on('error', () => {});
  socket.end(BROKEN[count++ % BROKEN.length]);
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
