import createClient from 'openapi-fetch';
import type { paths } from './openapi.js';

/** Where the server is, and who asks. */
export interface ServerAddress {
  readonly url: string;
  readonly token: string;
}

/** Every operation of the interface by method and path, typed by the server's own OpenAPI document. */
export const openApiClient = ({ url, token }: ServerAddress) =>
  createClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${token}` },
    // Elsewhere nobody should learn the token.
    redirect: 'error',
  });

/** Whether a server answers there. */
export async function isUp(address: ServerAddress): Promise<boolean> {
  const answer = await openApiClient(address)
    .GET('/livez')
    .catch(() => null);
  return answer?.response.ok ?? false;
}

/** For `bodySerializer`: an operation that takes a file wants a form. */
export function formOf(fields: object): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value as string | Blob);
  return form;
}
