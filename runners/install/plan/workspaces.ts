import { posix } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { matchesGlob } from './globs.js';
import { isObject, type JsonObject } from './manifest.js';

/** The patterns a repo names its workspaces by, from package.json or pnpm-workspace.yaml. */
export function workspacePatterns(manifest: JsonObject, pnpmWorkspace: string | null): readonly string[] {
  const own = manifest['workspaces'];
  const listed = isObject(own) ? own['packages'] : own;
  const fromPnpm = pnpmWorkspace === null ? null : parsedYaml(pnpmWorkspace);
  return [...strings(listed), ...strings(isObject(fromPnpm) ? fromPnpm['packages'] : null)];
}

/** Folders among `folders` that the patterns name; both seen from the install folder. Later patterns with `!` take out. */
export function matchingFolders(patterns: readonly string[], folders: readonly string[]): readonly string[] {
  const rules = patterns.slice(0, MAX_PATTERNS).map((pattern) => ({
    takesOut: pattern.startsWith('!'),
    glob: posix.normalize(pattern.replace(/^!/, '')).replace(/\/$/, ''),
  }));
  return folders.filter((folder) =>
    rules.reduce((taken, rule) => (matchesGlob(rule.glob, folder) ? !rule.takesOut : taken), false),
  );
}

/** More patterns than any repository has. */
const MAX_PATTERNS = 50;

/** A YAML document of strangers, or null if it cannot be read. */
export function parsedYaml(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA, maxAliases: 20 });
  } catch {
    return null;
  }
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string' && item.length < 200)
    : [];
