import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { send } from '../../../harness/hooks/send.js';

let server: Server;
afterEach(() => void server.close());

/** What becomes of a message to somebody who answers with that. */
async function sendTo(answer: string): ReturnType<typeof send> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const due = {
    id: 'msg',
    hook: 'hook',
    url: `http://127.0.0.1:${port}/`,
    secret: `whsec_${Buffer.alloc(24).toString('base64')}`,
    body: { type: 'ping', timestamp: '', data: {} },
    attempts: 1,
  } as unknown as Parameters<typeof send>[0];
  return send(due, ['127.0.0.1']);
}

test.each([
  [
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    { delivered: false, words: 'answered 101' },
  ],
  ['HTTP/1.1 204 No Content\r\n\r\n', { delivered: true, words: 'answered 204' }],
  ['HTTP/1.1 410 Gone\r\n\r\n', { delivered: false, gone: true }],
  ['SSH-2.0-hello\r\n', { delivered: false, words: expect.stringContaining('Parse Error') }],
  ['', { delivered: false, words: 'socket hang up' }],
])('%j comes to an end', async (answer, outcome) => {
  expect(await sendTo(answer)).toMatchObject(outcome);
});
