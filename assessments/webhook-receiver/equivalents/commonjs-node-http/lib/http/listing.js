'use strict';

const { badParameter } = require('./problem');

/** What the parameters of a list ask for: `{ contributor, limit, before }`. */
function readListing(query) {
  return {
    contributor: query.get('contributor') ?? undefined,
    limit: readLimit(query.get('limit') ?? '20'),
    before: readCursor(query.get('cursor')),
  };
}

function readLimit(text) {
  const limit = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(limit >= 1 && limit <= 100)) throw badParameter('limit', 'must be a whole number from 1 to 100');
  return limit;
}

/** A cursor is the seq of the last thing on the page before, in base 36 behind a letter that marks it as ours. */
function readCursor(text) {
  if (text === null) return undefined;
  if (!/^c[0-9a-z]{1,10}$/.test(text)) throw badParameter('cursor', 'must come from an earlier page');
  return Number.parseInt(text.slice(1), 36);
}

function toPage({ items, last }) {
  return { items, nextCursor: last === null ? null : `c${last.toString(36)}` };
}

module.exports = { readListing, toPage };
