import { z } from 'zod';
import { docsRoutes } from '../../web/docs/routes.js';
import type { OpenApiDocument } from '../routing/document.js';
import { openApiDocument } from '../routing/document.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

/** The document of all these routes, this one among them; as JSON, and as a page. */
export function documentationRoutes(routes: readonly Route[]): readonly Route[] {
  let made: OpenApiDocument | null = null;
  const document = (): OpenApiDocument => (made ??= openApiDocument([...routes, asJson]));
  const asJson = route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This interface, as an OpenAPI 3.1 document',
    access: 'public',
    answers: { 200: { description: 'The document.', schema: z.record(z.string(), z.unknown()) } },
    handle: ({ res }) => void res.json(document()),
  });
  return [asJson, ...docsRoutes(document)];
}
