import { createHash } from 'node:crypto';
import type { Response } from 'express';
import Handlebars from 'handlebars';

/** Light and dark, without a script and without a request to anywhere. */
const STYLES = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { width: min(26rem, calc(100vw - 3rem)); }
h1 { font-size: 1.35rem; margin: 0 0 0.5rem; }
p { margin: 0 0 1rem; }
label { display: block; font-weight: 600; margin-bottom: 0.25rem; }
input { box-sizing: border-box; width: 100%; font: inherit; padding: 0.6rem 0.75rem; border: 1px solid GrayText; border-radius: 0.4rem; background: Field; color: FieldText; }
button { margin-top: 1rem; width: 100%; font: inherit; font-weight: 600; padding: 0.65rem; border: 0; border-radius: 0.4rem; background: #1f5fbf; color: #fff; cursor: pointer; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #5b9bff; outline-offset: 2px; }
form { margin-bottom: 1rem; }
.quiet { color: color-mix(in srgb, CanvasText 70%, Canvas); font-size: 0.875rem; }
.wrong { border-left: 4px solid #c62828; padding-left: 0.75rem; }
`;

const layout = Handlebars.compile<{ title: string; styles: unknown; body: unknown }>(
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
    '<meta name="robots" content="noindex"><title>{{title}} · Assayer</title><style>{{styles}}</style></head><body><main>{{body}}</main></body></html>',
  { strict: true },
);

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLES).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A small page of our own; `body` is a template whose values Handlebars escapes. */
export function definePage<T>(title: string, body: string): (values: T, res: Response) => void {
  const render = Handlebars.compile<T>(body, { strict: true });
  return (values, res) => {
    res.setHeader('Content-Security-Policy', POLICY);
    res.setHeader('Cache-Control', 'no-store');
    res.type('html').send(
      layout({
        title,
        styles: new Handlebars.SafeString(STYLES),
        body: new Handlebars.SafeString(render(values)),
      }),
    );
  };
}
