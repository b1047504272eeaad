import { reasonOf } from './errors.js';

/**
 * Why a server of the settings does not answer. A name that leads nowhere may be wrong, or that of a host that is not up yet:
 * whoever reads it is told what to look at.
 */
export function whyUnreachable(setting: 'DATABASE_URL' | 'REDIS_URL', error: unknown): string {
  const { code, hostname } = Object(error) as { code?: unknown; hostname?: unknown };
  if (code !== 'ENOTFOUND' && code !== 'EAI_AGAIN') return reasonOf(error);
  return `no address is known for the host ${String(hostname)}; correct ${setting}, unless that host is still starting`;
}
