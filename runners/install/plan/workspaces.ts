import { posix } from 'node:path';
import { parse } from 'yaml';
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
  const rules = patterns.map((pattern) => ({
    takesOut: pattern.startsWith('!'),
    expression: globToRegExp(posix.normalize(pattern.replace(/^!/, '')).replace(/\/$/, '')),
  }));
  return folders.filter((folder) =>
    rules.reduce((taken, rule) => (rule.expression.test(folder) ? !rule.takesOut : taken), false),
  );
}

/** A YAML document of strangers, or null if it cannot be read; aliases are not expanded beyond measure. */
export function parsedYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return null;
  }
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string' && item.length < 200)
    : [];

/** `*` within a folder name, `**` over any number of folders. */
function globToRegExp(glob: string): RegExp {
  const source = glob
    .split('/')
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${part.split(/\*+/).map(escape).join('[^/]*')}/`))
    .join('');
  return new RegExp(`^${source.replace(/\/$/, '')}$`.replace('(?:[^/]+/)*$', '.+$'));
}

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
