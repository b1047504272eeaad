import type { Writable } from 'node:stream';

/**
 * Whoever reads a stream may stop (`assayer settings | head`): that is nobody's fault. The command goes on, so that what it
 * started is cleaned up, its files are written and its exit code holds; what it still says is read by nobody.
 */
export function outliveReaders(...streams: readonly Writable[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
