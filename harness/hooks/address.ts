import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { isInternal } from '../intake/git/addresses.js';

/** Hosts, from the settings, that may have an internal address and may be spoken to without TLS. */
export type TrustedHosts = readonly string[];

/** What is wrong with an address that messages shall go to, in one sentence; null when they may. */
export function urlFault(text: string, trusted: TrustedHosts): string | null {
  // The parser lets NUL through, and the database holds none.
  if (!URL.canParse(text) || text.includes('\0')) return 'This is no URL.';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'An address holds no user name and no password.';
  const host = hostOf(url);
  if (trusted.includes(host)) {
    return /^https?:$/.test(url.protocol) ? null : 'An address begins with https or http.';
  }
  if (url.protocol !== 'https:') return 'An address begins with https.';
  if (isIP(host) !== 0 && isInternal(host))
    return 'This address is internal. Ask the operator to allow the host.';
  return null;
}

export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

/**
 * Resolves a name for one connection. The address that is checked is the one that is connected to, so that a name which
 * changes its mind in between gains nothing.
 */
export const guardedLookup =
  (trusted: TrustedHosts): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const open = trusted.includes(host.toLowerCase());
      const allowed = addresses.filter(({ address }) => open || !isInternal(address));
      const [first] = allowed;
      if (!first) return callback(new Error(`${host} has an internal address`), '', 0);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
