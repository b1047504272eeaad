import { classicOf, isBerryLock } from './berry.js';
import {
  checkLocal,
  isPackageName,
  isVersion,
  MAX_PACKAGES,
  notFromRegistry,
  tarballUrl,
  tooMany,
  unreadable,
  withoutIntegrity,
  type LockContext,
} from './policy.js';
import { localPath, specKind } from './specs.js';

/** One block of a yarn.lock: the patterns it answers, and its lines. */
interface Block {
  readonly patterns: readonly string[];
  readonly lines: string[];
}

/** The judged copy of a yarn.lock of yarn 1: every package from our registry, with its integrity or its checksum. */
export function cleanYarnLock(text: string, context: LockContext): string {
  if (isBerryLock(text)) return classicOf(text, context);
  const blocks = parseBlocks(text, context);
  if (blocks.length > MAX_PACKAGES) throw tooMany(context.file, blocks.length);
  for (const block of blocks) cleanBlock(block, context);
  const bodies = blocks.map(
    ({ patterns, lines }) =>
      `${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}:\n${lines.join('\n')}\n`,
  );
  return `# yarn lockfile v1\n\n${bodies.join('\n')}`;
}

function parseBlocks(text: string, { file }: LockContext): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (/^\s/.test(line)) {
      const block = blocks.at(-1);
      if (block === undefined) throw unreadable(file, 'it begins with an indented line');
      block.lines.push(line);
    } else if (line.endsWith(':')) {
      blocks.push({ patterns: line.slice(0, -1).split(', ').map(unquoted), lines: [] });
    } else {
      throw unreadable(file, `the line "${line}"`);
    }
  }
  return blocks;
}

const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');

function cleanBlock({ patterns, lines }: Block, context: LockContext): void {
  const { file, folder } = context;
  const field = (name: string): string | undefined =>
    lines
      .map((line) => new RegExp(`^ {2}"?${name}"? "?([^"]*)"?$`).exec(line)?.[1])
      .find((value) => value !== undefined);
  let real = '';
  for (const pattern of patterns) {
    const at = pattern.indexOf('@', 1);
    const name = at === -1 ? pattern : pattern.slice(0, at);
    const spec = at === -1 ? '' : pattern.slice(at + 1);
    switch (specKind(spec)) {
      case 'remote':
        throw notFromRegistry(file, name, spec);
      case 'local':
        return checkLocal(file, folder, name, localPath(spec), context);
      case 'registry':
        real = /^npm:((?:@[^/]+\/)?[^@]+)/.exec(spec)?.[1] ?? name;
    }
  }
  const version = field('version');
  const resolved = field('resolved') ?? '';
  if (!isPackageName(real) || !isVersion(version))
    throw notFromRegistry(file, real, resolved || String(version));
  const checksum = /#([0-9a-f]{40})$/.exec(resolved)?.[0] ?? '';
  if (field('integrity') === undefined && checksum === '') throw withoutIntegrity(file, real);
  const kept = lines.filter((line) => !/^ {2}"?resolved"? /.test(line));
  lines.splice(0, lines.length, ...kept, `  resolved "${tarballUrl(real, version)}${checksum}"`);
}
