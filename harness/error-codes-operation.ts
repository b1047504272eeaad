import { entry } from './error-entry.js';

/** What pages, backups and printing can end in. */
export const OPERATION_ERRORS = {
  assessmentMissing: entry(
    404,
    'usage',
    'There is no such assessment',
    'There is no assessment "{id}" here. Known are: {known}.',
  ),
  archiveMissing: entry(
    500,
    'ours',
    'An archive is not there',
    'The archive {digest} is neither in {dir} nor in the database. The machine that took it in has it: grade there, or set DATABASE_URL on all.',
  ),
  packFaulty: entry(
    500,
    'usage',
    'The assessment cannot be used as it is',
    'Wrong with the files of the pack: {count}, told above. Nothing was run; mend them and try again.',
  ),
  attemptUnknown: entry(
    404,
    'usage',
    'There is no such scorecard',
    'The submission has no attempt {run} with a scorecard. Its review lists every attempt.',
  ),
  checkUnknown: entry(
    404,
    'usage',
    'There is no such check',
    'The scorecard has no check {check}. Its list of checks shows those that it has.',
  ),
  printingUnavailable: entry(
    503,
    'ours',
    'This server cannot print',
    'The scorecard cannot be printed here: {reason}. Print the page from your browser, or have Chromium installed on the server.',
  ),
  restoreNotEmpty: entry(
    409,
    'usage',
    'The installation is in use',
    'A backup goes into an installation that has not been used yet, and this one holds people or submissions. Name a new state folder or database.',
  ),
  backupUnreadable: entry(
    422,
    'usage',
    'The backup cannot be read',
    'The backup cannot be read: {reason}. Nothing was changed. Take another one.',
  ),
  backupOfOther: entry(
    409,
    'usage',
    'The backup is of another version',
    'The backup was made by version {version} at {migration}, and this database is at {here}. Restore it with that version, then upgrade.',
  ),
} as const;
