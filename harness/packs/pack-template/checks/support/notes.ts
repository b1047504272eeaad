import type { CheckContext, Response } from 'assayer/kit';

export const create = (t: CheckContext, account: string, body: unknown): Promise<Response> =>
  t.http.post('/api/v1/notes', body, { headers: { 'x-account-id': account }, label: `${account} writes` });

export const read = (t: CheckContext, account: string, path: string): Promise<Response> =>
  t.http.get(path, { headers: { 'x-account-id': account }, label: `${account} reads` });

/** Where the note is that was just made. */
export const placeOf = (created: Response): string => created.headers['location'] ?? '/no-location';
