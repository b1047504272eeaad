import { expect, test } from '@jest/globals';
import { gitRequest } from '../../../harness/api/accept.js';

test('what is no https address is told what one looks like', () => {
  const { error } = gitRequest.safeParse({ gitUrl: 'git@git.example:ada/x.git', assessment: 'a' });
  expect(error?.issues[0]?.message).toContain('https://git.example.org/ada/repo.git');
});

const request = (gitUrl: string) => gitRequest.safeParse({ gitUrl, assessment: 'a' }).success;

test('an address that the database cannot hold is refused at the door', () => {
  expect(request('https://git.example/ada/x.git')).toBe(true);
  expect(request('https://git.example/\0')).toBe(false);
  expect(request('http://git.example/ada/x.git')).toBe(false);
});
