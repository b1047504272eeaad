import { config } from './config.js';

export class RegistryError extends Error {
  constructor(message, { status, retryAfter, timedOut = false } = {}) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    this.timedOut = timedOut;
  }
}

export async function callRegistry(method, path, { requestId, headers, body } = {}) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new RegistryError('no answer in time', { timedOut: true })),
      config.timeoutMs,
    );
  });
  try {
    return await Promise.race([send(method, path, requestId, headers, body), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function send(method, path, requestId, headers, body) {
  let response;
  let text;
  try {
    response = await fetch(config.registryUrl + path, {
      method,
      headers: { authorization: `Bearer ${config.registryToken}`, 'x-request-id': requestId, ...headers },
      body: body && JSON.stringify(body),
    });
    text = await response.text();
  } catch {
    throw new RegistryError('no connection');
  }
  if (!response.ok) {
    throw new RegistryError(`answered ${response.status}`, {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
    });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RegistryError('answered no JSON');
  }
}

/** At most `limit` functions run at once. */
export function limiter(limit) {
  let running = 0;
  const queue = [];
  const next = () => {
    if (running >= limit || queue.length === 0) return;
    running++;
    const { task, resolve, reject } = queue.shift();
    task()
      .then(resolve, reject)
      .finally(() => {
        running--;
        next();
      });
  };
  return (task) =>
    new Promise((resolve, reject) => {
      queue.push({ task, resolve, reject });
      next();
    });
}
