import { Problem, invalid } from './problem.js';

/** The body as JSON, whatever its shape. */
export function parseBody(bytes) {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}

/** Whether an event says that a pull request was merged. */
export function isMerge(event, payload) {
  return event === 'pull_request' && payload?.action === 'closed' && payload.pull_request?.merged === true;
}

const isText = (value) => typeof value === 'string' && value !== '';
const isCount = (value) => Number.isSafeInteger(value) && value > 0;
const FIELDS = [
  ['pull_request.id', isCount, 'must be a whole number over 0'],
  ['pull_request.number', isCount, 'must be a whole number over 0'],
  ['pull_request.title', isText, 'must be a text'],
  ['pull_request.html_url', isText, 'must be a text'],
  ['pull_request.merged_at', isText, 'must be a text'],
  ['pull_request.user.login', isText, 'must be a text'],
  ['repository.full_name', isText, 'must be a text'],
];

/** The facts of a merge, and nothing else of the payload. Throws a 422 that names each field that is missing or wrong. */
export function readMerge(payload) {
  const errors = FIELDS.filter(([field, holds]) => !holds(at(payload, field))).map(([field, , reason]) => ({
    field,
    reason,
  }));
  if (errors.length > 0) throw invalid(422, errors);
  const { pull_request: pull, repository } = payload;
  return {
    contributor: pull.user.login,
    repository: repository.full_name,
    pullRequest: { id: pull.id, number: pull.number, title: pull.title, url: pull.html_url },
    mergedAt: pull.merged_at,
  };
}

const at = (value, path) => path.split('.').reduce((inner, key) => inner?.[key], value);
