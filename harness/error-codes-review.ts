import { entry, type ErrorEntry } from './error-entry.js';

/** What inviting, handing in, reviewing and regrading can end in. */
export const REVIEW_ERRORS = {
  inviteUnknown: entry(
    404,
    'usage',
    'There is no such invite',
    'There is no invite "{id}". Look it up in GET /api/v1/invites.',
  ),
  inviteNeeded: entry(
    401,
    'usage',
    'Open your link first',
    'This is shown to invited candidates only. Open the link of your invitation again; if it does not work any more, ask who sent it.',
  ),
  inviteClosed: entry(
    409,
    'usage',
    'The invitation is closed',
    'The invitation was closed, so nothing can be handed in by it any more. Ask who sent it.',
  ),
  deadlinePassed: entry(
    409,
    'usage',
    'The deadline has passed',
    'The time to hand in ended at {closed}. What you handed in before is kept; ask who invited you if you need longer.',
  ),
  quotaUsed: entry(
    409,
    'usage',
    'All attempts are used',
    'All {allowed} attempts are used. Every one of them is kept and can be looked at; ask who invited you if you need another.',
  ),
  linkUnknown: entry(
    404,
    'usage',
    'The link does not work',
    'This link is wrong, has expired or was withdrawn. Ask who gave it to you for a new one.',
  ),
  shareUnknown: entry(404, 'usage', 'There is no such link', 'There is no link "{id}" that still works.'),
  checkNotThere: entry(
    422,
    'usage',
    'There is no such check',
    'The scorecard has no check "{check}". Take its id from the scorecard.',
  ),
  appealWaits: entry(
    409,
    'usage',
    'An appeal waits for its answer',
    'An appeal of this submission waits for its answer already. Another one can follow the answer.',
  ),
  appealMissing: entry(
    409,
    'usage',
    'There is no open appeal',
    'No appeal of this submission waits for an answer.',
  ),
  regradeUnknown: entry(
    404,
    'usage',
    'There is no such regrade',
    'There is no regrade "{id}". Look it up in GET /api/v1/regrades.',
  ),
  regradeEmpty: entry(
    422,
    'usage',
    'There is nothing to regrade',
    'No finished submission fits this choice. Choose others, or wait until they are graded.',
  ),
  regradeNotReady: entry(
    409,
    'usage',
    'The regrade cannot be closed so',
    'The regrade is {state}. It can be promoted once everything is worked out, and closed once only.',
  ),
  notComparable: entry(
    404,
    'usage',
    'There is nothing to compare',
    'The two are not submissions of one assessment whose files are kept here.',
  ),
} satisfies Record<string, ErrorEntry>;
