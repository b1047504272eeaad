import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join } from 'node:path/posix';
import type { Compiled } from './compile.js';

/**
 * The line of the pack that a stack came from, such as `checks/signature.check.ts:12`; null when it tells of none. The kit is part
 * of each compiled file, and is passed over.
 * @param name of the file as it was evaluated
 */
export function positionIn(stack: string, name: string, { map }: Compiled): string | null {
  const lines = new SourceMap(JSON.parse(map) as SourceMapPayload);
  for (const frame of stack.split('\n').filter((text) => text.includes(`${name}:`))) {
    const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame) ?? [];
    const entry = lines.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) continue;
    const source = join(dirname(name), entry.originalSource);
    if (!source.startsWith('../')) return `${source}:${entry.originalLine + 1}`;
  }
  return null;
}
