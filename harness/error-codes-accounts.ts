import { entry, type ErrorEntry } from './error-entry.js';

/** What asking who somebody is, and managing people, can end in. */
export const ACCOUNT_ERRORS = {
  unauthenticated: entry(
    401,
    'usage',
    'Sign in first',
    'This needs a valid API token. Send it as "Authorization: Bearer TOKEN", or sign in with it at /signin.',
  ),
  forbidden: entry(
    403,
    'usage',
    'This is not yours to do',
    'You are signed in as {role}, who may not do this. Ask an admin of your organisation.',
  ),
  formExpired: entry(
    403,
    'usage',
    'The form is no longer valid',
    'The form was made for another session. Go back, load the page again and send it once more.',
  ),
  tokenNeeded: entry(
    403,
    'usage',
    'This is done with an API token',
    'This is done with an API token, for programs; a browser that is signed in has no use for it.',
  ),
  crossSite: entry(
    403,
    'usage',
    'The request came from another site',
    'A signed-in browser may change things only from pages of this server. Use an API token instead.',
  ),
  providerFailed: entry(
    502,
    'ours',
    'The sign-in provider did not let you in',
    'Signing in with {name} did not work ({reason}). Try again; if it stays so, tell an admin.',
  ),
  personUnknown: entry(
    404,
    'usage',
    'There is no such person',
    'There is no person "{id}" in your organisation who could be changed so. Look them up in GET /api/v1/people.',
  ),
  tokenUnknown: entry(
    404,
    'usage',
    'There is no such token',
    'There is no valid token "{id}" in your organisation. Look them up in GET /api/v1/tokens.',
  ),
  sessionUnknown: entry(
    404,
    'usage',
    'There is no such session',
    'You have no session "{id}". Look yours up in GET /api/v1/sessions.',
  ),
  signatureWrong: entry(
    401,
    'usage',
    'The signature does not hold',
    'The message is not signed with the secret of this webhook. Enter the secret at the sender as it was shown.',
  ),
  hookUnknown: entry(
    404,
    'usage',
    'There is no such webhook',
    'There is no webhook "{id}" in your organisation. Look them up in GET /api/v1/webhooks.',
  ),
  deliveryUnknown: entry(
    404,
    'usage',
    'There is no such message',
    'There is no message "{id}" of a webhook in your organisation. Look it up among the deliveries of its webhook.',
  ),
  emailTaken: entry(
    409,
    'usage',
    'The e-mail address is taken',
    'Somebody has this e-mail address already. Use another, or send that person a new link.',
  ),
  lastAdmin: entry(
    409,
    'usage',
    'Somebody has to be admin',
    'This is the only admin who can sign in. Make somebody else admin first.',
  ),
  preconditionFailed: entry(
    412,
    'usage',
    'It was changed meanwhile',
    'Somebody has changed this since you looked at it. Load it again, and decide anew.',
  ),
} satisfies Record<string, ErrorEntry>;
