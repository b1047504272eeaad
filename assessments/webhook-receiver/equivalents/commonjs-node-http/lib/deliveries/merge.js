'use strict';

const { Problem } = require('../http/problem');

const text = {
  reason: 'must be a text that is not empty',
  fits: (value) => typeof value === 'string' && value !== '',
};
const number = {
  reason: 'must be a whole number above 0',
  fits: (value) => Number.isSafeInteger(value) && value > 0,
};
// Not needed for anything, so nothing but its type is looked at.
const optionalText = {
  reason: 'must be a text',
  fits: (value) => value === undefined || value === null || typeof value === 'string',
};

const FIELDS = {
  'pull_request.id': number,
  'pull_request.number': number,
  'pull_request.title': text,
  'pull_request.html_url': text,
  'pull_request.merged_at': text,
  'pull_request.user.login': text,
  'pull_request.user.email': optionalText,
  'repository.full_name': text,
};

/** The merge that a delivery reports; null if it is about anything else. Throws a 422 that names what is wrong with it. */
function readMerge(event, payload) {
  const isMerge =
    event === 'pull_request' && payload?.action === 'closed' && payload.pull_request?.merged === true;
  if (!isMerge) return null;

  const errors = Object.entries(FIELDS)
    .filter(([field, { fits }]) => !fits(valueAt(payload, field)))
    .map(([field, { reason }]) => ({ field, reason }));
  if (errors.length > 0)
    throw new Problem(422, 'The delivery lacks fields of a merged pull request.', { errors });

  const { id, number, title, html_url: url, merged_at: mergedAt, user } = payload.pull_request;
  return {
    contributor: user.login,
    repository: payload.repository.full_name,
    pullRequest: { id, number, title, url },
    mergedAt,
  };
}

function valueAt(payload, field) {
  return field.split('.').reduce((value, key) => value?.[key], payload);
}

module.exports = { readMerge };
