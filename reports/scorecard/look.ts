import { readFileSync, readdirSync } from 'node:fs';

/** How everything of ours looks: the platform's pages are made from the same parts. Read once; nothing of a scorecard is in them. */

const here = (path: string): URL => new URL(path, import.meta.url);
const filesOf = (folder: string): string[] => readdirSync(here(folder)).sort();
const read = (path: string): string => readFileSync(here(path), 'utf8');

export const LOOK_STYLES = filesOf('./styles/')
  .map((file) => read(`./styles/${file}`))
  .join('\n');

/** Filters, deep links, copying. */
export const LOOK_SCRIPT = read('./client/enhance.js');

/** Handlebars, by name. */
export const LOOK_TEMPLATES: ReadonlyMap<string, string> = new Map(
  filesOf('./templates/').map((file) => [file.replace(/\.hbs$/, ''), read(`./templates/${file}`)]),
);
