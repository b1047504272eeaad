import { readFileSync } from 'node:fs';

let profile: string | undefined;

/**
 * The filter of system calls as the engine takes it. The list in seccomp.json is our own: it allows what Node, npm, a C
 * compiler, PostgreSQL and Redis need, by purpose, and refuses the rest: namespaces, mounts, io_uring, kernel keys, bpf,
 * tracing, asynchronous I/O with host-wide quotas, 32-bit calls, and every socket family but local, internet and route.
 */
export function seccompProfile(): string {
  profile ??= JSON.stringify(JSON.parse(readFileSync(new URL('../seccomp.json', import.meta.url), 'utf8')));
  return profile;
}
