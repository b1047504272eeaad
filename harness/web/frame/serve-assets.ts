import { Router } from 'express';
import { AssayerError } from '../../errors.js';
import { findAsset } from './assets.js';

/** Styles and scripts: the same for everybody, and each address for ever the same. */
export function assetRoutes(): Router {
  const router = Router();
  router.get('/assets/:file', (req, res) => {
    const asset = findAsset(req.path);
    if (!asset) throw new AssayerError('routeUnknown', { path: req.path.slice(0, 200) });
    res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    res.vary('Accept-Encoding').type(asset.type);
    const gzip = req.acceptsEncodings('gzip') === 'gzip';
    if (gzip) res.setHeader('Content-Encoding', 'gzip');
    res.send(gzip ? asset.gzipped : asset.body);
  });
  return router;
}
