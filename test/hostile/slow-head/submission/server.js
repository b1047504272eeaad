'use strict';
/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  const { socket } = res;
  socket.write('HTTP/1.1 200 OK\r\n');
  const drip = setInterval(() => socket.write(`x-${Date.now()}: still here\r\n`), 200);
  socket.on('close', () => clearInterval(drip)).on('error', () => {});
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
