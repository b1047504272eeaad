'use strict';

const { StreamClient } = require('./stream-client');

function routes({ broadcaster }) {
  const open = (exchange) => {
    const { response } = exchange;
    if (!exchange.isOpen) return;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    response.flushHeaders();
    const client = new StreamClient(response);
    const lastEventId = exchange.header('last-event-id') ?? '';
    if (/^\d{1,16}$/.test(lastEventId))
      for (const text of broadcaster.after(Number(lastEventId))) client.write(text);
    broadcaster.join(client);
    response.once('close', () => {
      broadcaster.leave(client);
      client.release();
    });
  };
  open.isStream = true;
  return { 'GET /api/v1/events': open };
}

module.exports = { routes };
