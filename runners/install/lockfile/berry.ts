import {
  isPackageName,
  isVersion,
  MAX_PACKAGES,
  notFromRegistry,
  tarballUrl,
  tooMany,
  unreadable,
  type LockContext,
} from './policy.js';

/** Lockfiles of yarn 2 and newer begin so; yarn 1 cannot read them. */
export const isBerryLock = (text: string): boolean => /^__metadata:/m.test(text);

/** One package of the lockfile: what asks for it, and its fields by path. */
interface Entry {
  readonly patterns: readonly string[];
  readonly fields: Map<string, string>;
}

/** Between the names of a path; in no name. */
const WITHIN = '\n';

/**
 * The same lockfile as yarn 1 writes it: every package of the registry at the version that was locked. Checksums are left out,
 * since yarn 2 takes them of archives of its own making. What lies in the submission is found by yarn without an entry.
 */
export function classicOf(text: string, context: LockContext): string {
  const entries = entriesOf(text, context).filter(({ patterns }) => patterns[0] !== '__metadata');
  if (entries.length > MAX_PACKAGES) throw tooMany(context.file, entries.length);
  return `# yarn lockfile v1\n\n${entries.flatMap((entry) => block(entry, context)).join('\n')}`;
}

function entriesOf(text: string, { file }: LockContext): readonly Entry[] {
  const entries: Entry[] = [];
  let path: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, indent = '', key = '', value = ''] = /^( *)("[^"]*"|[^":\s][^:]*):(?: (.*))?$/.exec(line) ?? [];
    const name = unquoted(key);
    const entry = entries.at(-1);
    if (name === '' || (indent !== '' && entry === undefined)) throw unreadable(file, `the line "${line}"`);
    if (indent === '') entries.push({ patterns: name.split(', '), fields: new Map() });
    path = [...path.slice(0, indent.length / 2), name];
    entry?.fields.set(path.slice(1).join(WITHIN), unquoted(value));
  }
  return entries;
}

const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');

/** None for what is no package of the registry but one of the submission, or a patch of yarn's own over one that has an entry. */
function block({ patterns, fields }: Entry, { file }: LockContext): string[] {
  const resolution = fields.get('resolution') ?? '';
  const at = resolution.indexOf('@', 1);
  const [name, source] = [resolution.slice(0, at), resolution.slice(at + 1)];
  if (/^(?:workspace|patch|link|portal|file):/.test(source)) return [];
  const version = fields.get('version');
  if (!source.startsWith('npm:') || !isPackageName(name) || !isVersion(version))
    throw notFromRegistry(file, patterns[0] ?? '', resolution);
  const keys = patterns.map((pattern) => JSON.stringify(withoutProtocol(pattern))).join(', ');
  return [
    [
      `${keys}:`,
      `  version "${version}"`,
      `  resolved "${tarballUrl(name, version)}"`,
      ...section('dependencies', dependencies(fields, false)),
      ...section('optionalDependencies', dependencies(fields, true)),
      '',
    ].join('\n'),
  ];
}

/** `name@npm:^1` is `name@^1`; an alias (`name@npm:other@^1`) is written the same by both. */
function withoutProtocol(pattern: string): string {
  const at = pattern.indexOf('@npm:', 1);
  const range = pattern.slice(at + '@npm:'.length);
  return at === -1 || /^(?:@[^/]+\/)?[^@]+@/.test(range) ? pattern : `${pattern.slice(0, at)}@${range}`;
}

function dependencies(fields: Entry['fields'], optional: boolean): (readonly [string, string])[] {
  return [...fields].flatMap(([path, range]) => {
    const [head, name = '', ...rest] = path.split(WITHIN);
    if (head !== 'dependencies' || name === '' || rest.length > 0) return [];
    const isOptional = fields.get(['dependenciesMeta', name, 'optional'].join(WITHIN)) === 'true';
    return isOptional === optional
      ? [[name, withoutProtocol(`${name}@${range}`).slice(name.length + 1)]]
      : [];
  });
}

function section(title: string, entries: readonly (readonly [string, string])[]): string[] {
  const lines = entries.map(([name, range]) => `    ${JSON.stringify(name)} ${JSON.stringify(range)}`);
  return lines.length === 0 ? [] : [`  ${title}:`, ...lines];
}
