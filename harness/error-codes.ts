/** How the program ends, for scripts and CI. */
export const EXIT = {
  passed: 0,
  /** A score under the bar, or a submission that broke by its own doing. */
  barNotMet: 1,
  /** Wrong usage, a wrong setting, or input that was refused. */
  usage: 2,
  /** Our fault or the infrastructure's. */
  ours: 3,
  timedOut: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorEntry {
  /** HTTP status when an API request ends in it. */
  readonly status: number;
  /** Exit code when a command ends in it. */
  readonly exit: ExitCode;
  /** Short and the same every time. */
  readonly title: string;
  /** What happened, whose doing it is, what to do. `{name}` is filled in from the details. */
  readonly sentence: string;
}

const entry = <const S extends string>(
  status: number,
  exit: keyof typeof EXIT,
  title: string,
  sentence: S,
): ErrorEntry & { readonly sentence: S } => ({ status, exit: EXIT[exit], title, sentence });

/** Every error a person or a program can meet, by code. The code is the stable part; words may change. */
export const ERRORS = {
  settingInvalid: entry(
    500,
    'usage',
    'A setting is not valid',
    '{name} {problem}. It means: {meaning} Correct it and start again.',
  ),
  settingUnknown: entry(
    500,
    'usage',
    'A setting is not known',
    '{name} in {file} is not a setting of Assayer. Remove it or correct its name.',
  ),
  usage: entry(400, 'usage', 'The command was not used as it can be', '{problem}'),
  bodyInvalid: entry(
    422,
    'usage',
    'The request is not valid',
    '{problem} Correct the request and send it again.',
  ),
  bodyUnreadable: entry(
    400,
    'usage',
    'The request body cannot be read',
    'The request body cannot be read: {problem} Send it again as the documentation of the API shows.',
  ),
  bodyTooLarge: entry(
    413,
    'usage',
    'The upload is too large',
    'The upload is larger than the limit of {limit}. Leave node_modules and build output out and send it again.',
  ),
  mediaTypeUnsupported: entry(
    415,
    'usage',
    'The content type is not supported',
    'The request body can be sent here as {types}. Send it so, with that Content-Type.',
  ),
  submissionRefused: entry(422, 'usage', 'The submission was refused', '{reason}'),
  assessmentUnknown: entry(
    422,
    'usage',
    'There is no such assessment',
    'There is no assessment "{id}". Known are: {known}.',
  ),
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
  routeUnknown: entry(
    404,
    'usage',
    'There is nothing here',
    'There is nothing at {path}. The API starts at /api/v1.',
  ),
  methodNotAllowed: entry(
    405,
    'usage',
    'The method is not allowed here',
    '{method} is not allowed here. Allowed are: {allowed}.',
  ),
  notAcceptable: entry(
    406,
    'usage',
    'No such representation',
    'This is served as {offered} only. Change the Accept header.',
  ),
  submissionUnknown: entry(
    404,
    'usage',
    'There is no such submission',
    'There is no submission "{id}". Look it up in GET /api/v1/submissions.',
  ),
  scorecardNotReady: entry(
    409,
    'usage',
    'The scorecard is not ready',
    'The submission is {state}; its scorecard is there once the run is done.',
  ),
  notGraded: entry(409, 'ours', 'The submission was not graded', '{reason}'),
  runFinished: entry(
    409,
    'usage',
    'The run has ended',
    'The run has already ended as {state} and cannot be cancelled.',
  ),
  idempotencyKeyInvalid: entry(
    400,
    'usage',
    'The Idempotency-Key is not valid',
    'An Idempotency-Key has 1 to 200 printable ASCII characters. Send another.',
  ),
  idempotencyKeyReused: entry(
    422,
    'usage',
    'The Idempotency-Key was used for something else',
    'This Idempotency-Key came before with another submission. Use a new key for a new submission.',
  ),
  rateLimited: entry(
    429,
    'ours',
    'Too many requests',
    'Too many requests came from this client. Wait for the time in Retry-After and go on slower.',
  ),
  tooManyUploads: entry(
    503,
    'ours',
    'Too many uploads at once',
    'The server is taking in as many uploads as it can. Send it again after the time in Retry-After.',
  ),
  storeUnavailable: entry(
    503,
    'ours',
    'The database does not answer',
    'The database does not answer ({reason}). Nothing was lost that was accepted; look after the database and try again.',
  ),
  queueUnavailable: entry(
    503,
    'ours',
    'Redis does not answer',
    'Redis does not answer ({reason}). Accepted submissions wait in the database; look after Redis and try again.',
  ),
  diskFull: entry(
    507,
    'ours',
    'The disk is full',
    'The disk that holds {dir} is full. Free some space; nothing of the submission was kept.',
  ),
  embeddedFailed: entry(
    500,
    'ours',
    'An embedded service did not start',
    '{name} did not start: {reason} Its log is {log}.',
  ),
  embeddedMissing: entry(
    500,
    'ours',
    'An embedded service is not running',
    'No {name} runs for the state folder {dir}. Start `assayer serve` there first, or set {setting}.',
  ),
  redisNotInstalled: entry(
    500,
    'ours',
    'Redis is not installed',
    'There is no redis-server on this machine. Install it (Debian: apt-get install redis-server), or set REDIS_URL.',
  ),
  migrationFailed: entry(
    500,
    'ours',
    'The database could not be brought up to date',
    'The database could not be brought up to date at {migration}: {reason}',
  ),
  portInUse: entry(
    500,
    'usage',
    'The port is in use',
    'Port {port} of {host} is in use by another program. Stop it, or set ASSAYER_PORT to a free port.',
  ),
  engineUnavailable: entry(503, 'ours', 'The container engine does not answer', '{reason}'),
  isolationBroken: entry(
    503,
    'ours',
    'Isolation does not hold',
    'Containers on this host are not isolated as they must be: {reason} No submission is run; see `assayer doctor`.',
  ),
  serverUnreachable: entry(
    503,
    'ours',
    'The server does not answer',
    'No Assayer server answers at {url} ({reason}). Start `assayer serve`, or name another with --server.',
  ),
  tokenMissing: entry(
    401,
    'usage',
    'No API token',
    'No API token is known for {url}. Set ASSAYER_TOKEN, or run the command where the server keeps its state.',
  ),
  timedOut: entry(
    504,
    'timedOut',
    'Timed out',
    '{what} did not end within {seconds} seconds. It goes on at the server; look at it later, or raise --timeout.',
  ),
  interrupted: entry(500, 'interrupted', 'Interrupted', 'Interrupted.'),
  internal: entry(
    500,
    'ours',
    'A fault of Assayer',
    'Something went wrong inside Assayer; it is not your doing. Report it with the request id or the log.',
  ),
} satisfies Record<string, ErrorEntry>;
