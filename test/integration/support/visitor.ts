/** A browser without a window: keeps cookies, follows nothing, and sends forms with their CSRF token. */
export interface Visitor {
  readonly cookies: ReadonlyMap<string, string>;
  get(path: string): Promise<Response>;
  /** Loads the page of a form, then sends these fields to `action` with its CSRF token. */
  send(page: string, action: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** A JSON request, as a script on one of our pages makes it. */
  api(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
  /** Sends as given: for requests that no page of ours would make. */
  request(path: string, options: RequestInit & { headers?: Record<string, string> }): Promise<Response>;
}

export function visitor(url: string, given: Readonly<Record<string, string>> = {}): Visitor {
  const cookies = new Map(Object.entries(given));

  const request: Visitor['request'] = async (path, options) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie ? { cookie } : {}), ...options.headers };
    const answer = await fetch(new URL(path, url), { redirect: 'manual', ...options, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const [name = '', value = ''] = pair.split('=', 2);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };

  return {
    cookies,
    request,
    get: (path) => request(path, {}),
    api: (method, path, body, headers = {}) =>
      request(path, {
        method,
        headers: {
          accept: 'application/json',
          'sec-fetch-site': 'same-origin',
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    async send(page, action, fields) {
      const html = await (await request(page, {})).text();
      const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const body = new URLSearchParams({ _csrf: token, ...fields });
      return request(action, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
    },
  };
}
