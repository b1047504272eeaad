import type { OpenApiDocument } from '../../api/routing/document.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import type { Viewer } from '../frame/navigation.js';
import { definePage, sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import type { DocsView } from './view.js';
import { docsView } from './view.js';

const docsPage = definePage<DocsView>('docs');

/** The document of the interface, for people. Whoever is signed in keeps the navigation. */
export function docsRoutes(document: () => OpenApiDocument): readonly Route[] {
  let view: DocsView | null = null;
  const show = route({
    method: 'get',
    path: '/docs',
    summary: 'The interface for programs, explained',
    access: 'public',
    pages: true,
    async handle({ identify, csrf, res }) {
      const principal = await identify();
      const viewer: Viewer | null = principal && viewerOf({ principal, csrf });
      view ??= docsView(document());
      sendPage(res, docsPage({ title: 'API', viewer }, view));
    },
  });
  return [show];
}
