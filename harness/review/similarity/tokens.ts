/** A file of a submission, as text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A file as the comparison sees it: what was written, without names, values, comments and layout. */
export interface TokenFile {
  readonly path: string;
  readonly tokens: readonly string[];
  /** Line (from 1) of each token. */
  readonly lines: readonly number[];
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NOT_WRITTEN = /(^|\/)(?:node_modules|dist|build|coverage|vendor)\/|\.(?:min|d)\.[cm]?[jt]s$/;
/** Past these a file is generated or minified rather than written. */
const MAX_CHARACTERS = 200_000;
const MAX_MEAN_LINE = 200;

const WORDS = new Set(
  (
    'abstract any as async await boolean break case catch class const continue debugger default delete do else enum export ' +
    'extends false finally for from function get if implements import in instanceof interface let new null number of ' +
    'private protected public readonly return set static string super switch this throw true try type typeof undefined ' +
    'unknown var void while yield'
  ).split(' '),
);

/** Each alternative ends at the first character that is not its own, so that no text takes more than linear time. */
const TOKEN =
  /(?<skip>\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?)|(?<number>\d[\w.]*)|(?<word>[\p{L}$_#@][\p{L}\p{N}$_]*)|=>|\.{3}|[-+*/%&|^!=<>?~]{1,4}|./gsu;

export const isSource = (path: string): boolean => SOURCE.test(path) && !NOT_WRITTEN.test(path);

/** Renaming variables, changing texts or reformatting leaves the tokens of a file as they were. */
export function tokenize({ path, text }: SourceFile): TokenFile {
  const tokens: string[] = [];
  const lines: number[] = [];
  if (text.length > MAX_CHARACTERS || text.length > MAX_MEAN_LINE * text.split('\n').length) {
    return { path, tokens, lines };
  }
  let line = 1;
  for (const match of text.matchAll(TOKEN)) {
    const { skip, text: quoted, number, word } = match.groups ?? {};
    if (skip === undefined) {
      tokens.push(quoted ? '"' : number ? '0' : word ? (WORDS.has(word) ? word : 'x') : match[0]);
      lines.push(line);
    }
    for (let at = match[0].indexOf('\n'); at !== -1; at = match[0].indexOf('\n', at + 1)) line += 1;
  }
  return { path, tokens, lines };
}
