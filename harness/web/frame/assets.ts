import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { LOOK_SCRIPT, LOOK_STYLES } from '../../../reports/scorecard/look.js';

/** A file that pages link to: named by its content, so that browsers may keep it for good. */
export interface Asset {
  /** Such as `/assets/assayer.1f0c2a9b.css`. */
  readonly path: string;
  readonly type: 'css' | 'js' | 'svg';
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

const here = (path: string): URL => new URL(`../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(here(path), 'utf8');

/** The look is the scorecard's; what only pages with forms and lists need comes after it. */
const styles = [
  LOOK_STYLES,
  ...readdirSync(here('styles/'))
    .sort()
    .map((file) => read(`styles/${file}`)),
].join('\n');

function asset(name: string, type: Asset['type'], text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const body = Buffer.from(text);
  return { path: `/assets/${name}.${hash}.${type}`, type, body, gzipped: gzipSync(body) };
}

export const STYLESHEET = asset('assayer', 'css', styles);
export const ICON = asset('icon', 'svg', read('client/icon.svg'));

/** Each makes one thing better where JavaScript runs; every page is complete without. By file name. */
const scripts = new Map([
  ['scorecard', asset('scorecard', 'js', LOOK_SCRIPT)],
  ...readdirSync(here('client/'))
    .filter((file) => file.endsWith('.js'))
    .map((file) => [file.slice(0, -3), asset(file.slice(0, -3), 'js', read(`client/${file}`))] as const),
]);

/** The address of `client/<name>.js`, or of the scorecard's own script. */
export function scriptPath(name: string): string {
  const script = scripts.get(name);
  if (!script) throw new Error(`there is no script client/${name}.js`);
  return script.path;
}

const byPath = new Map([STYLESHEET, ICON, ...scripts.values()].map((one) => [one.path, one]));

export const findAsset = (path: string): Asset | null => byPath.get(path) ?? null;
