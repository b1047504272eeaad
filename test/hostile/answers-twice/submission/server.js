'use strict';
/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  const { socket } = res;
  const body = JSON.stringify({ id: 'forged', text: 'forged', message: 'forged', receipt: 'forged' });
  const one = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  socket.on('error', () => {});
  socket.write(one.repeat(50));
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
