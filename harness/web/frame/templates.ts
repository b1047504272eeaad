import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import Handlebars from 'handlebars';
import { LOOK_TEMPLATES } from '../../../reports/scorecard/look.js';

/**
 * Every `.hbs` of harness/web is a partial by its file name, and so are the scorecard's. Compiled once. Strict: a name that
 * a view lacks is an error of ours.
 */

const root = new URL('../', import.meta.url);
const engine = Handlebars.create();
for (const [name, text] of LOOK_TEMPLATES) engine.registerPartial(name, text);
for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.hbs')) continue;
  const name = basename(path, '.hbs');
  if (name in engine.partials) throw new Error(`two templates are named ${name}.hbs`);
  engine.registerPartial(name, readFileSync(new URL(path, root), 'utf8'));
}

/** The view is the root of what is drawn, so that parts deep inside can look at it. */
const any = engine.compile<object>('{{> (lookup @call "template")}}', {
  strict: true,
  knownHelpersOnly: true,
  preventIndent: true,
});

export const render = (template: string, view: object): string => any(view, { data: { call: { template } } });

/** Text that another renderer of ours has made HTML of; everything else is escaped. */
export const html = (text: string): object => new Handlebars.SafeString(text);
