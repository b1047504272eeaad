'use strict';
const { connect, createServer } = require('node:net');
const { serve } = require('./contract');

/** Bounded in time; addresses differ, so that each has ports of its own to use up. */
const until = Date.now() + 8000;
const sink = createServer((socket) => socket.on('error', () => {}).end());
let address = 1;

function churn() {
  if (Date.now() > until) return;
  address = (address % 200) + 1;
  const socket = connect({ port: sink.address().port, host: `127.0.0.${address}` });
  socket.on('error', () => {});
  socket.on('close', churn);
  socket.resume();
}

sink.listen(0, '0.0.0.0', () => {
  for (let lane = 0; lane < 200; lane++) churn();
  setTimeout(serve, 4000);
});
