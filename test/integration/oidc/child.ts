import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A real OpenID provider, on loopback: whoever signs in as NAME is NAME@example.org. Prints its address when it listens. */
const callback = process.env['CALLBACK'] ?? '';
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'assayer',
        client_secret: 'not-a-secret-that-anything-else-uses',
        redirect_uris: [callback],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: id,
        email: `${id.replace('-unverified', '')}@example.org`,
        email_verified: !id.endsWith('-unverified'),
      }),
    }),
  });
  server.on('request', (req, res) => void provider.callback()(req, res));
  process.stdout.write(`${issuer}\n`);
});
