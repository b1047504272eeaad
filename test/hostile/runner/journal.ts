import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { projectRoot } from '../../../docker/paths.js';
import type { FixtureResult } from './types.js';

/** Results in a file of JSON lines, each written as soon as it is there, so that a run that was ended goes on where it was. */
export interface Journal {
  /** Those of this commit, in order. */
  readonly earlier: readonly FixtureResult[];
  add(result: FixtureResult): void;
}

/** A line: the result, and the commit that it is of. */
interface Entry {
  readonly commit: string;
  readonly result: FixtureResult;
}

/** @param file made where there is none; a last line that was not finished is passed over */
export function openJournal(file: string, commit: string): Journal {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return {
    earlier: lines.flatMap(entryOf).flatMap((entry) => (entry.commit === commit ? [entry.result] : [])),
    add(result) {
      appendFileSync(file, `${JSON.stringify({ commit, result } satisfies Entry)}\n`);
    },
  };
}

/** What is a result and what is still to do have this in common. */
export const keyOf = ({ name, turn }: { readonly name: string; readonly turn: number }): string =>
  `${name}#${turn}`;

/** Of the source tree, with a mark where files were changed since. */
export function commitOfTree(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).trim();
  return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '-changed'}`;
}

function entryOf(line: string): Entry[] {
  try {
    return [JSON.parse(line) as Entry];
  } catch {
    return [];
  }
}
