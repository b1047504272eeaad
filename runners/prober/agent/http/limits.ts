import type { Address } from '../../protocol.js';

/** What a service may send before it is the service's fault. */
export const MAX_BODY_BYTES = 1024 * 1024;
export const MAX_HEADER_BYTES = 32 * 1024;
export const MAX_INTERIM_RESPONSES = 16;
export const MAX_RAW_BYTES = 64 * 1024;
export const MAX_SSE_EVENTS = 1000;
export const DEFAULT_TIMEOUT_MS = 5000;

/** Sent unless a check says otherwise, and by the load generator too: nothing here tells a test from a load. */
export const DEFAULT_HEADERS: Readonly<Record<string, string>> = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br',
  'user-agent': 'node',
  connection: 'keep-alive',
};

export function hostHeader({ port }: Address): string {
  return `localhost:${port}`;
}
