import { lexemesOf, type Lexeme, type SourceFile } from '../../source/lexemes.js';

/** A file as the comparison sees it: what was written, without names, values, comments and layout. */
export interface TokenFile {
  readonly path: string;
  readonly tokens: readonly string[];
  /** Line (from 1) of each token. */
  readonly lines: readonly number[];
}

const WORDS = new Set(
  (
    'abstract any as async await boolean break case catch class const continue debugger default delete do else enum export ' +
    'extends false finally for from function get if implements import in instanceof interface let new null number of ' +
    'private protected public readonly return set static string super switch this throw true try type typeof undefined ' +
    'unknown var void while yield'
  ).split(' '),
);

/** Renaming variables, changing texts or reformatting leaves the tokens of a file as they were. */
export function tokenize({ path, text }: SourceFile): TokenFile {
  const lexemes = lexemesOf(text) ?? [];
  return { path, tokens: lexemes.map(tokenOf), lines: lexemes.map(({ line }) => line) };
}

function tokenOf({ kind, text }: Lexeme): string {
  switch (kind) {
    case 'text':
      return '"';
    case 'number':
      return '0';
    case 'word':
      return WORDS.has(text) ? text : 'x';
    case 'mark':
      return text;
  }
}
