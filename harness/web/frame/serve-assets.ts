import { z } from 'zod';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import { findAsset } from './assets.js';

/** Styles and scripts: the same for everybody, and each address for ever the same. */
const asset = route({
  method: 'get',
  path: '/assets/:file',
  summary: 'Styles and scripts of the pages',
  access: 'public',
  pages: true,
  params: z.object({ file: z.string() }),
  handle({ req, res }) {
    const found = findAsset(req.path);
    if (!found) throw new AssayerError('routeUnknown', { path: req.path.slice(0, 200) });
    res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    res.vary('Accept-Encoding').type(found.type);
    const gzip = req.acceptsEncodings('gzip') === 'gzip';
    if (gzip) res.setHeader('Content-Encoding', 'gzip');
    res.send(gzip ? found.gzipped : found.body);
  },
});

export const assetRoutes: readonly Route[] = [asset];
