import { expect, test } from '@jest/globals';
import { wayOutOf } from '../../../harness/web/entry/problem.js';

test('from a problem there is a way on that whoever met it may go', () => {
  expect(wayOutOf('/submissions/sub-1', 'submissionUnknown')?.href).toBe('/');
  expect(wayOutOf('/invitation/submissions', 'bodyTooLarge')?.href).toBe('/invitation');
  expect(wayOutOf('/invitations', 'routeUnknown')?.href).toBe('/');
  // There the link that somebody sent is the only way.
  expect(wayOutOf('/invitation', 'inviteNeeded')).toBeNull();
});
