import { gzip } from 'node:zlib';
import type { Response } from 'express';
import { ICON, scriptPath, STYLESHEET } from './assets.js';
import type { SectionId, Viewer } from './navigation.js';
import { navigation } from './navigation.js';
import { render } from './templates.js';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

/** What surrounds a page. */
export interface Frame {
  readonly title: string;
  /** Null for pages without navigation: sign-in, a candidate's pages. */
  readonly viewer: Viewer | null;
  /** Where the name of the program leads; null for nowhere. */
  readonly home: string | null;
  readonly section: SectionId | null;
  /** The way down to this page, without the page itself. */
  readonly crumbs: readonly Crumb[];
  /** One sentence on what was just done, shown above the page. */
  readonly notice: string | null;
  /** Scripts of `client/`, by name. */
  readonly scripts: readonly string[];
  /** Asks the browser to load the page again after so many seconds, where no script does better. */
  readonly refreshSeconds: number | null;
}

/** A page whose body is the template of that name. */
export function definePage<V extends object>(
  template: string,
  frame: Partial<Frame> = {},
): (own: Partial<Frame> & Pick<Frame, 'title'>, view: V) => string {
  return (own, view) => {
    const { viewer, section, scripts, ...rest } = { ...PLAIN, ...frame, ...own };
    return render('frame', {
      ...rest,
      template,
      view: { csrf: viewer?.csrf ?? null, ...view },
      viewer,
      navigation: viewer && navigation(viewer, section),
      scripts: scripts.map(scriptPath),
      stylesheet: STYLESHEET.path,
      icon: ICON.path,
    });
  };
}

const PLAIN: Omit<Frame, 'title'> = {
  viewer: null,
  home: '/',
  section: null,
  crumbs: [],
  notice: null,
  scripts: [],
  refreshSeconds: null,
};

/** Styles and scripts of this server and nothing else: none inline, nothing embedded, forms only to us. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Most of what there is to gain, for a millisecond or two that other threads spend. */
const GZIP_LEVEL = 4;

/**
 * Pages are about people: no cache keeps them. They travel compressed. What can be guessed from the size of an answer needs
 * a browser that asks for it signed in, over and over, from another site: our cookies are not sent with such requests.
 */
export function sendPage(res: Response, page: string): void {
  res.setHeader('Content-Security-Policy', PAGE_POLICY);
  res.setHeader('Cache-Control', 'no-store');
  res.type('html').vary('Accept-Encoding');
  if (res.req.acceptsEncodings('gzip') !== 'gzip') return void res.send(page);
  gzip(page, { level: GZIP_LEVEL }, (error, packed) => {
    if (error) return void res.destroy(error);
    res.setHeader('Content-Encoding', 'gzip');
    res.send(packed);
  });
}
