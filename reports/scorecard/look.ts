import { readFileSync, readdirSync } from 'node:fs';

/** How everything of ours looks; the platform's pages begin with it. Read once, and nothing of a scorecard is in it. */

const here = (path: string): URL => new URL(path, import.meta.url);
const read = (path: string): string => readFileSync(here(path), 'utf8');

export const LOOK_STYLES = readdirSync(here('./styles/'))
  .sort()
  .map((file) => read(`./styles/${file}`))
  .join('\n');

/** The sprite that `<use href="#icon-…">` draws from. */
export const LOOK_ICONS = read('./templates/icons.hbs');
