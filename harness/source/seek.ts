import type { Sought } from '../../assessments/kit/index.js';
import { lexemesOf, type Lexeme, type SourceFile } from './lexemes.js';

/** Where something stands in a submission, and the lines about it. */
export interface Sighting {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** What was found there: a function or a package. */
  readonly name: string;
  readonly snippet: string;
}

export interface Search {
  readonly sighting: Sighting | null;
  /** Paths of files that nobody wrote by hand, which say nothing. */
  readonly unreadable: readonly string[];
}

/** Lines shown before and after. */
const AROUND = 2;

/** Looks for the first use of what is sought. Comments and texts are no use of it, nor is an import of a function. Pure. */
export function seek(files: readonly SourceFile[], { calls, packages = [] }: Sought): Search {
  const unreadable: string[] = [];
  for (const { path, text } of files) {
    const lexemes = lexemesOf(text);
    if (!lexemes) unreadable.push(path);
    const at = lexemes?.findIndex(
      (_, index) => isCall(lexemes, index, calls) || isImport(lexemes, index, packages),
    );
    const found = at === undefined ? undefined : lexemes?.[at];
    if (found)
      return {
        sighting: { path, line: found.line, name: bare(found.text), snippet: linesAbout(text, found.line) },
        unreadable,
      };
  }
  return { sighting: null, unreadable };
}

/** Under its own name, or taken under another: `timingSafeEqual(`, `timingSafeEqual as same`, `timingSafeEqual: same`. */
function isCall(lexemes: readonly Lexeme[], at: number, calls: readonly string[]): boolean {
  const { kind, text } = lexemes[at] as Lexeme;
  return kind === 'word' && calls.includes(text) && ['(', 'as', ':'].includes(lexemes[at + 1]?.text ?? '');
}

/** `from 'name'`, `import 'name'`, `import('name')` and `require('name')`. */
function isImport(lexemes: readonly Lexeme[], at: number, packages: readonly string[]): boolean {
  const { kind, text } = lexemes[at] as Lexeme;
  if (kind !== 'text' || !packages.includes(bare(text))) return false;
  const before = (steps: number): string => lexemes[at - steps]?.text ?? '';
  return (
    ['from', 'import'].includes(before(1)) || (before(1) === '(' && ['import', 'require'].includes(before(2)))
  );
}

const bare = (text: string): string => text.replace(/^["'`]|["'`]$/g, '');

function linesAbout(text: string, line: number): string {
  return text
    .split('\n')
    .slice(Math.max(0, line - 1 - AROUND), line + AROUND)
    .join('\n');
}
