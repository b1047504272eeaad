import { isIP } from 'node:net';
import { shortText } from '../../../assessments/kit/index.js';
import { Refusal } from '../refusal.js';
import { isInternal } from './addresses.js';

/** A remote that may be asked: the URL as we write it, and the one address git may connect to. */
export interface GitRemote {
  readonly url: string;
  /** `host:port:address` for git's `http.curloptResolve`, so that no second look-up gives another. Null for a numeric host. */
  readonly resolve: string | null;
}

/** All addresses of a host name. */
export type Resolver = (host: string) => Promise<readonly string[]>;

const refused = (what: string): Refusal =>
  new Refusal('sourceRefused', `${what} Submit the https address of a repository, or an archive of it.`);

/** Parses and judges the URL of a repository; looks its host up once. */
export async function checkRemote(
  text: string,
  trustedHosts: readonly string[],
  resolver: Resolver,
): Promise<GitRemote> {
  const url = parseRemote(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const numeric = isIP(host) !== 0;
  const addresses = numeric ? [host] : await lookUp(host, resolver);
  const trusted = trustedHosts.some((name) => name.toLowerCase() === host);
  if (!trusted && addresses.some(isInternal)) {
    throw refused(`The host "${shortText(host)}" has an address inside a private network.`);
  }
  const address = addresses[0];
  if (address === undefined) throw unreachable(host);
  const pinned = isIP(address) === 6 ? `[${address}]` : address;
  const port = url.port === '' ? '443' : url.port;
  return { url: url.href, resolve: numeric ? null : `${host}:${port}:${pinned}` };
}

const MAX_URL = 2000;

/** The URL with nothing in it but scheme, host, port and path. */
function parseRemote(text: string): URL {
  const shown = `"${shortText(text)}"`;
  if (text.length > MAX_URL) throw refused('The URL is too long.');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refused(`${shown} is not a URL.`);
  }
  if (!/^https:\/\/[^/\\]/i.test(text)) throw refused(`${shown} is not an https URL.`);
  if (url.username !== '' || url.password !== '') {
    throw refused('The URL carries a user name or a password, which would be stored and shown.');
  }
  // The parser escapes or drops them, but git would decode them again.
  if (/[\u0000-\u0020\u007f]|%[01][0-9a-f]|%7f/i.test(text)) {
    throw refused(`${shown} has control characters or spaces.`);
  }
  if (url.pathname === '/') throw refused(`${shown} names no repository.`);
  // A dot at its end means the same host, but not to every resolver.
  url.hostname = url.hostname.replace(/\.$/, '');
  return new URL(`https://${url.host}${url.pathname}`);
}

async function lookUp(host: string, resolver: Resolver): Promise<readonly string[]> {
  const addresses = await resolver(host).catch(() => []);
  if (addresses.length === 0) throw unreachable(host);
  return addresses;
}

function unreachable(host: string): Refusal {
  return new Refusal(
    'sourceUnreachable',
    `The host "${shortText(host)}" has no address. Check the URL and submit again.`,
  );
}

/** A branch, tag or commit that cannot be read as an option, a range or a path. */
export function checkRef(ref: string): string {
  if (
    ref.length <= 200 &&
    /^[A-Za-z0-9_](?:[\w./+@-]*[\w+@-])?$/.test(ref) &&
    !/\.\.|\/\/|@\{|\.lock$/.test(ref)
  ) {
    return ref;
  }
  throw refused(`"${shortText(ref)}" is not the name of a branch, a tag or a commit.`);
}
