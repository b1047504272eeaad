import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { outliveReaders } from '../../../harness/cli/closed-pipe.js';

test('a reader that stops reading ends nothing; another fault of the stream is one', () => {
  const stream = new PassThrough();
  outliveReaders(stream);
  stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  expect(() => stream.emit('error', full)).toThrow('no space left');
});
