import { invalid } from './problem.js';

const STATUSES = ['pending', 'minted', 'failed'];

/** What a list was asked for. Throws a 400 that names each parameter that makes no sense. */
export function readPageQuery(query) {
  const errors = [];
  const read = (field, parse, reason) => {
    if (query[field] === undefined) return undefined;
    const value = typeof query[field] === 'string' ? parse(query[field]) : undefined;
    if (value === undefined) errors.push({ field, reason });
    return value;
  };

  const page = {
    contributor: read('contributor', (text) => text, 'must be given once'),
    limit: read('limit', parseLimit, 'must be a whole number from 1 to 100') ?? 20,
    before: read('cursor', parseCursor, 'must be a nextCursor of this list'),
  };
  const status = read('status', parseStatus, `must be one of ${STATUSES.join(', ')}`);
  if (errors.length > 0) throw invalid(400, errors);
  return { ...page, status };
}

/** Opaque to clients, so that it may change. */
export const toCursor = (place) => (place === null ? null : Buffer.from(`p${place}`).toString('base64url'));

const parseStatus = (text) => (STATUSES.includes(text) ? text : undefined);

function parseLimit(text) {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= 100 ? limit : undefined;
}

function parseCursor(text) {
  const place = /^p(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  return place === undefined ? undefined : Number(place);
}
