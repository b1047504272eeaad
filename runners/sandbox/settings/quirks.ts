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

/** The abilities without the one whose want this message tells of; null when it tells of none that is still assumed. */
export function withoutMissing(abilities: Abilities, message: string): Abilities | null {
  const missing = SIGNS.find(({ ability, sign }) => abilities[ability] && sign.test(message));
  return missing ? { ...abilities, [missing.ability]: false } : null;
}
