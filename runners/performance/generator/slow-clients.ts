import { connect, type Socket } from 'node:net';
import type { LoadTarget } from './steps.js';

const BYTE_EVERY_MS = 100;

/** Connections that send a head byte by byte and never end it, as a bad network or a bad person does. */
export function openSlowClients(count: number, { host, port }: LoadTarget): { close(): void } {
  if (count === 0) return { close: () => undefined };
  const head = `GET / HTTP/1.1\r\nhost: localhost:${port}\r\nx-note: `;
  const sockets: Socket[] = Array.from({ length: count }, () => {
    const socket = connect({ host, port });
    socket.on('error', () => undefined);
    return socket;
  });
  let sent = 0;
  const timer = setInterval(() => {
    const byte = head[sent++] ?? 'a';
    for (const socket of sockets) if (socket.writable) socket.write(byte);
  }, BYTE_EVERY_MS);
  return {
    close() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}
