import { expect, test } from '@jest/globals';
import { patiently, type Answered } from '../../../harness/cli/client/patience.js';

const URL = 'http://127.0.0.1:3210';
const answer = (status: number, code: string): Answered<string> => ({
  error: { code, status, detail: 'What the server says.' },
  response: new Response(null, { status }),
});
const ask = (status: number, code: string): Promise<string> =>
  patiently(URL, async () => answer(status, code), new AbortController().signal);

test('a token that is not valid is told of where it comes from', async () => {
  await expect(ask(401, 'unauthenticated')).rejects.toMatchObject({
    code: 'tokenRefused',
    entry: { exit: 2 },
    message: expect.stringMatching(/http:\/\/127\.0\.0\.1:3210 .* ASSAYER_TOKEN/),
  });
});

test('what else the server refuses is said in its own words', async () => {
  await expect(ask(404, 'assessmentUnknown')).rejects.toThrow('What the server says.');
});
