import { badParameter } from './problem.js';

const DEFAULT_LIMIT = 20;

export type Query = Readonly<Record<string, string | string[] | undefined>>;
/** What is listed; part of the cursor, so that one of another list is noticed. */
export type Listed = 'proofs' | 'credentials';

/** One value of a parameter; throws where it was given several times. */
export function single(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw badParameter(name, 'must be given once');
  return value;
}

export function readLimit(query: Query): number {
  const text = single(query, 'limit');
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^([1-9]\d?|100)$/.test(text)) throw badParameter('limit', 'must be a whole number from 1 to 100');
  return Number(text);
}

export function readCursor(query: Query, listed: Listed): number | undefined {
  const cursor = single(query, 'cursor');
  if (cursor === undefined) return undefined;
  const position = Number(new RegExp(`^${listed}:(\\d{1,10})$`).exec(decode(cursor))?.[1] ?? NaN);
  if (Number.isNaN(position) || writeCursor(position, listed) !== cursor)
    throw badParameter('cursor', 'must be the nextCursor of an earlier page');
  return position;
}

export function writeCursor(position: number | null, listed: Listed): string | null {
  return position === null ? null : Buffer.from(`${listed}:${position}`).toString('base64url');
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
