import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { AssayerError } from '../../errors.js';

/** Names this very state of a resource. */
export const etagOf = (resource: object): string =>
  `"${createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22)}"`;

/** Answers with a resource that can be changed, and the ETag to change it with. */
export function sendResource(res: Response, resource: object, status = 200): void {
  res.setHeader('ETag', etagOf(resource));
  res.status(status).json(resource);
}

/**
 * A client that says which state it has seen changes that and no other.
 * @throws AssayerError preconditionFailed
 */
export function checkIfMatch(req: Request, resource: object): void {
  const wanted = req.get('if-match');
  if (wanted === undefined || wanted.trim() === '*') return;
  const tags = wanted.split(',').map((tag) => tag.trim());
  if (!tags.includes(etagOf(resource))) throw new AssayerError('preconditionFailed', {});
}

export const ETAG_HEADER = { ETag: 'Of this state; send it back as If-Match to change this state alone.' };
export const IF_MATCH_HEADER = {
  'If-Match': 'The ETag of the state that was seen: that state is changed, and no other.',
};
