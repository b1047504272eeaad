'use strict';
/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  const { socket } = res;
  socket.on('error', () => {});
  let count = 0;
  const more = () => {
    while (count++ < 2_000_000 && socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n'));
    if (count < 2_000_000) socket.once('drain', more);
  };
  more();
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
