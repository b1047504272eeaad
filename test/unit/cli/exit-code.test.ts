import { expect, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { exitCodeAfter } from '../../../harness/cli/exit-code.js';
import { AssayerError } from '../../../harness/errors.js';
import { PackError } from '../../../harness/packs/error.js';

test.each([
  ['help that was asked for', new CommanderError(0, 'commander.help', ''), 0],
  ['an option that is missing', new CommanderError(1, 'commander.missing', ''), 2],
  ['a pack that is not there, or not right', new PackError('webhooks', null, 'is not there'), 2],
  ['a service of ours that does not answer', new AssayerError('queueUnavailable', { reason: '' }), 3],
  ['anything that was not thought of', new TypeError('undefined is no function'), 3],
])('%s', (_, error, code) => {
  expect(exitCodeAfter(error)).toBe(code);
});
