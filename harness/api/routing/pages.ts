import type { Request } from 'express';

/** The address of the page after the item with this cursor, with the same filters. */
export function nextPage(req: Request, cursor: string): string {
  const query = new URLSearchParams(req.query as Record<string, string>);
  query.set('cursor', cursor);
  return `${req.path}?${query.toString()}`;
}
