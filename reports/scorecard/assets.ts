import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { LOOK_SCRIPT, LOOK_STYLES, LOOK_TEMPLATES } from './look.js';

const source = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, sent or embedded, and nothing runs but our own script. A server that serves the page sends the same. */
export const SCORECARD_POLICY = [
  "default-src 'none'",
  `style-src ${source(LOOK_STYLES)}`,
  `script-src ${source(LOOK_SCRIPT)}`,
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
for (const [name, text] of LOOK_TEMPLATES) engine.registerPartial(name, text);

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
    script: own(LOOK_SCRIPT),
  });
}
