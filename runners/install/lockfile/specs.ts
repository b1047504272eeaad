/** What a dependency's version text points to. */
export type SpecKind = 'registry' | 'local' | 'remote';

const LOCAL = /^(?:file|link|portal):|^\.{1,2}(?:\/|$)|^~?\//;
const REGISTRY_PROTOCOL = /^(?:npm|workspace|catalog):/;

/** Tells a version, range, tag or alias from a path in the repo, and both from git and other addresses. */
export function specKind(spec: string): SpecKind {
  const text = spec.trim();
  if (LOCAL.test(text)) return 'local';
  if (REGISTRY_PROTOCOL.test(text)) return 'registry';
  // Ranges have neither; `user/repo` and every address have one.
  return /[/:]/.test(text) ? 'remote' : 'registry';
}

/** The path a local spec names, as written. */
export function localPath(spec: string): string {
  return spec.trim().replace(/^(?:file|link|portal):/, '');
}
