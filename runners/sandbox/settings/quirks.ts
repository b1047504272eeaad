/** What an engine or its host may lack. Each flag starts true, and falls when a start fails for want of the thing. */
export interface Abilities {
  /** A small first process (docker-init) that reaps orphans and forwards signals. */
  readonly init: boolean;
  /** IPv6 in the kernel, for `::1`. */
  readonly ipv6: boolean;
  /** An engine whose own limit of open files is at least ours. */
  readonly nofile: boolean;
}

export const ALL_ABILITIES: Abilities = { init: true, ipv6: true, nofile: true };

const SIGNS: readonly { readonly ability: keyof Abilities; readonly sign: RegExp }[] = [
  { ability: 'init', sign: /docker-init/ },
  { ability: 'ipv6', sign: /disable_ipv6/ },
  { ability: 'nofile', sign: /rlimit/i },
];

/** The ability whose want this message tells of, if it was one of those assumed. */
export function missingAbility(assumed: Abilities, message: string): keyof Abilities | null {
  return SIGNS.find(({ ability, sign }) => assumed[ability] && sign.test(message))?.ability ?? null;
}
