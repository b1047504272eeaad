/** A file of a submission, as text. */
export interface SourceFile {
  /** As in `SubmissionArchive.paths`. */
  readonly path: string;
  readonly text: string;
}

/** A word, value or mark of a program; comments and layout are left out. */
export interface Lexeme {
  readonly kind: 'text' | 'number' | 'word' | 'mark';
  /** As written, a text with its quotes. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NOT_WRITTEN = /(^|\/)(?:node_modules|dist|build|coverage|vendor)\/|\.(?:min|d)\.[cm]?[jt]s$/;
/** Past these a file is generated or minified rather than written. */
const MAX_CHARACTERS = 200_000;
const MAX_MEAN_LINE = 200;

/** Each alternative ends at the first character that is not its own, so that no text takes more than linear time. */
const LEXEME =
  /(?<skip>\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<quoted>"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?)|(?<number>\d[\w.]*)|(?<word>[\p{L}$_#@][\p{L}\p{N}$_]*)|=>|\.{3}|[-+*/%&|^!=<>?~]{1,4}|./gsu;

export const isSource = (path: string): boolean => SOURCE.test(path) && !NOT_WRITTEN.test(path);

/** Null for a file that nobody wrote by hand. */
export function lexemesOf(text: string): Lexeme[] | null {
  if (text.length > MAX_CHARACTERS || text.length > MAX_MEAN_LINE * text.split('\n').length) return null;
  const lexemes: Lexeme[] = [];
  let line = 1;
  for (const match of text.matchAll(LEXEME)) {
    const { skip, quoted, number, word } = match.groups ?? {};
    const kind = quoted ? 'text' : number ? 'number' : word ? 'word' : 'mark';
    if (skip === undefined) lexemes.push({ kind, text: match[0], line });
    for (let at = match[0].indexOf('\n'); at !== -1; at = match[0].indexOf('\n', at + 1)) line += 1;
  }
  return lexemes;
}
