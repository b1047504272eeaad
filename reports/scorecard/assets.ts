import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import { LOOK_STYLES } from './look.js';

/** The page's own parts, read and compiled once. They are constants of this folder: nothing of a scorecard is in them. */

const here = (path: string): URL => new URL(path, import.meta.url);
const filesOf = (folder: string): string[] => readdirSync(here(folder)).sort();
const read = (path: string): string => readFileSync(here(path), 'utf8');

const script = read('./client/enhance.js');

const source = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, sent or embedded, and nothing runs but our own script. A server that serves the page sends the same. */
export const SCORECARD_POLICY = [
  "default-src 'none'",
  `style-src ${source(LOOK_STYLES)}`,
  `script-src ${source(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface Page {
  /** Name of the template of the body. */
  readonly page: 'team' | 'candidate';
  readonly view: { readonly title: string };
}

const engine = Handlebars.create();
for (const file of filesOf('./templates/')) {
  engine.registerPartial(file.replace(/\.hbs$/, ''), read(`./templates/${file}`));
}

/** Strict: a name that the view does not have is an error of ours, not an empty place on the page. */
const layout = engine.compile<object>("{{> (lookup . 'layout')}}", {
  strict: true,
  knownHelpersOnly: true,
  preventIndent: true,
});

/** Styles and script must reach the page unescaped to fit their hashes; they are the only text that does. */
const own = (text: string): unknown => new Handlebars.SafeString(text);

export function renderPage({ page, view }: Page): string {
  return layout({
    layout: 'layout',
    page,
    view,
    policy: SCORECARD_POLICY,
    styles: own(LOOK_STYLES),
    script: own(script),
  });
}
