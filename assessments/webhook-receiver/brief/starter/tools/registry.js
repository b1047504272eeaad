// A registry to develop against. Started as a program it is moody (MOOD=0 to 1, default 0.3: the share of calls that go wrong);
// the public checks start a calm one.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/** Starts a registry. `mood(request)` may return 'fail', 'busy', 'hang', 'drop' or 'garble' to spoil a call. */
export async function startRegistry({ port = 0, mood = () => null } = {}) {
  const credentials = new Map(); // idempotency key -> credential
  const calls = [];

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname } = new URL(request.url, 'http://registry');
    calls.push({ method: request.method, path: pathname, headers: request.headers, body });

    const answer = (status, value, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof value === 'string' ? value : JSON.stringify(value));
    };
    switch (pathname === '/v1/health' ? null : mood(request)) {
      case 'fail':
        return answer(503, { error: 'out of order' });
      case 'busy':
        return answer(429, { error: 'too many calls' }, { 'retry-after': '1' });
      case 'hang':
        return undefined;
      case 'drop':
        return request.socket.destroy();
      case 'garble':
        return answer(200, '<html>Welcome</html>');
    }

    if (!request.headers.authorization?.startsWith('Bearer ')) return answer(401, { error: 'no token' });
    if (request.method === 'POST' && pathname === '/v1/credentials') {
      const key = request.headers['idempotency-key'];
      if (!key) return answer(400, { error: 'no Idempotency-Key' });
      const known = credentials.get(key);
      if (known) return answer(200, known);
      const made = { id: `crd_${randomBytes(9).toString('hex')}`, issuedAt: new Date().toISOString() };
      credentials.set(key, made);
      return answer(201, made);
    }
    const id = /^\/v1\/credentials\/([^/]+)\/status$/.exec(pathname)?.[1];
    if (id) return answer(200, { id, status: 'active' });
    if (pathname === '/v1/issuer') return answer(200, { id: 'did:example:registry', name: 'The registry' });
    if (pathname === '/v1/health') return answer(200, { status: 'ok' });
    return answer(404, { error: 'no such path' });
  });

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const share = Number(process.env.MOOD ?? 0.3);
  const spoils = ['fail', 'busy', 'hang', 'drop', 'garble'];
  const registry = await startRegistry({
    port: 9101,
    mood(request) {
      const spoil = Math.random() < share ? spoils[Math.floor(Math.random() * spoils.length)] : null;
      console.log(request.method, request.url, spoil ?? 'ok');
      return spoil;
    },
  });
  console.log(`registry on ${registry.url}`);
}
