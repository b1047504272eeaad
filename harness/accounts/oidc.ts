import type { Configuration } from 'openid-client';
import type { Config } from '../config.js';
import { AssayerError, reasonOf, rootOf } from '../errors.js';

/** The sign-in of the company, where one is set up. */
export interface Provider {
  /** As the button names it. */
  readonly name: string;
  /** Where to send the browser, and what to keep of it until it comes back. */
  begin(redirectUri: string): Promise<{ readonly url: URL; readonly kept: Kept }>;
  /** Who the provider says it is. */
  finish(callback: URL, kept: Kept): Promise<Identity>;
}

/** Secrets of one sign-in: they stay in the browser that began it. */
export interface Kept {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Null unless the provider has verified it. */
  readonly email: string | null;
}

type Settings = Pick<Config, 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcName'>;

type Library = typeof import('openid-client');
/** Loaded with the first sign-in: most servers have no provider. */
const library = (): Promise<Library> => import('openid-client');

const TIMEOUT_SECONDS = 10;

/** Code flow with PKCE, state and nonce. The provider is asked for its addresses at the first sign-in, and again after a fault. */
export function openProvider(settings: Settings): Provider | null {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcName } = settings;
  if (oidcIssuer === undefined || oidcClientId === undefined) return null;
  const issuer = new URL(oidcIssuer);
  let known: Promise<Configuration> | null = null;

  const discover = (client: Library): Promise<Configuration> => {
    const options = {
      timeout: TIMEOUT_SECONDS,
      // Plain HTTP is for a provider on this very machine.
      execute: isLoopback(issuer) ? [client.allowInsecureRequests] : [],
    };
    known ??= client.discovery(issuer, oidcClientId, oidcClientSecret, undefined, options).catch((error) => {
      known = null;
      throw error;
    });
    return known;
  };

  const orExplain = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new AssayerError('providerFailed', { name: oidcName, reason: reasonOf(rootOf(error)) }, { cause: error });
    }
  };

  return {
    name: oidcName,
    begin: (redirectUri) =>
      orExplain(async () => {
        const client = await library();
        const config = await discover(client);
        const kept = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
        };
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: 'openid email profile',
          state: kept.state,
          nonce: kept.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
          code_challenge_method: 'S256',
        });
        return { url, kept };
      }),
    finish: (callback, kept) =>
      orExplain(async () => {
        const client = await library();
        const config = await discover(client);
        const tokens = await client.authorizationCodeGrant(config, callback, {
          expectedState: kept.state,
          expectedNonce: kept.nonce,
          pkceCodeVerifier: kept.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error('there is no ID token');
        const more =
          claims['email'] === undefined
            ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
            : claims;
        const verified = more['email_verified'] === true && typeof more['email'] === 'string';
        return { issuer: claims.iss, subject: claims.sub, email: verified ? String(more['email']) : null };
      }),
  };
}

const isLoopback = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
