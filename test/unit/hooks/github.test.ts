import { expect, test } from '@jest/globals';
import { readPush } from '../../../harness/hooks/github.js';

const push = (repository: object): Buffer =>
  Buffer.from(
    JSON.stringify({
      ref: 'refs/heads/main',
      after: 'a'.repeat(40),
      repository: {
        full_name: 'ada/take-home',
        clone_url: 'https://github.example/ada/take-home.git',
        default_branch: 'main',
        ...repository,
      },
    }),
  );

test('a push to the default branch names a commit', () => {
  expect(readPush('push', push({}))).toEqual({
    kind: 'commit',
    gitUrl: 'https://github.example/ada/take-home.git',
    ref: 'a'.repeat(40),
    candidate: 'ada/take-home',
  });
});

test.each([
  ['a name with NUL', { full_name: 'ada/\0' }],
  ['an address with NUL', { clone_url: 'https://github.example/\0.git' }],
  ['another protocol', { clone_url: 'git://github.example/x.git' }],
])('%s is no push that can be read', (_what, repository) => {
  expect(readPush('push', push(repository))).toEqual({ kind: 'unreadable' });
});
