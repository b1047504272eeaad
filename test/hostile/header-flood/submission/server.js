'use strict';
/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  const { socket } = res;
  socket.on('error', () => {});
  socket.write('HTTP/1.1 200 OK\r\n');
  let count = 0;
  const more = () => {
    while (count++ < 200_000 && socket.write(`x-flood-${count}: ${'y'.repeat(500)}\r\n`));
    if (count < 200_000) socket.once('drain', more);
    else socket.end('\r\n');
  };
  more();
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
