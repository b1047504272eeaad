import { connect } from 'node:net';
import { ServiceError } from '../../../../assessments/kit/index.js';
import type { ClientSetup } from './setup.js';
import { MAX_RAW_BYTES } from './limits.js';

/**
 * Sends bytes on a connection of its own and returns what comes back, until the service closes, the cap is reached or
 * the deadline passes; only a connection that was never accepted is an error.
 */
export function sendRaw(setup: ClientSetup, bytes: string | Uint8Array, timeoutMs: number): Promise<string> {
  const { host, port } = setup.address();
  setup.signal.throwIfAborted();
  return new Promise<string>((resolve, reject) => {
    const socket = connect({ host, port, signal: setup.signal });
    const chunks: Buffer[] = [];
    let size = 0;
    let connected = false;
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    socket.once('connect', () => {
      connected = true;
      socket.write(bytes);
    });
    socket.on('data', (chunk) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > MAX_RAW_BYTES) socket.destroy();
    });
    // A reset is an answer too: what came before it is returned.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      if (!connected) return reject(new ServiceError('the service refused the connection'));
      const received = Buffer.concat(chunks).subarray(0, MAX_RAW_BYTES).toString('utf8');
      setup.cite({ kind: 'note', text: describe(bytes, received) });
      resolve(received);
    });
  });
}

function describe(sent: string | Uint8Array, received: string): string {
  const text = Buffer.from(sent).toString('utf8');
  return `Sent ${sent.length} raw bytes:\n${text.slice(0, 500)}\n\nReceived:\n${received.slice(0, 1000) || '(nothing)'}`;
}
