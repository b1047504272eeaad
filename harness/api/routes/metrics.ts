import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { AssayerError } from '../../errors.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

/**
 * For Prometheus. The figures are of the whole installation, so no organisation's token opens them: whoever shows the
 * token of the settings does, and where there is none, a program on this very machine.
 */
const metrics = route({
  method: 'get',
  path: '/metrics',
  summary: 'Figures for Prometheus',
  access: 'public',
  answers: { 200: { description: 'In the text format of Prometheus.', type: 'text/plain' } },
  errors: ['unauthenticated', 'storeUnavailable'],
  async handle({ deps: { metrics, config }, req, res }) {
    if (!allowed(req, config.metricsToken)) throw new AssayerError('unauthenticated', {});
    const text = await metrics.text();
    res.type(metrics.contentType).send(text);
  },
});

export const metricsRoutes: readonly Route[] = [metrics];

function allowed(req: Request, token: string | undefined): boolean {
  if (token === undefined) {
    // Behind a proxy on this machine everybody comes from here.
    const direct = req.get('x-forwarded-for') === undefined && req.get('forwarded') === undefined;
    return direct && /^(127\.|::1$|::ffff:127\.)/.test(req.socket.remoteAddress ?? '');
  }
  const given = /^Bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
