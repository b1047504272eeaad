import { z } from 'zod';
import { openApiDocument } from '../routing/document.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

/** The document of all these routes, this one among them. */
export function documentationRoutes(routes: readonly Route[]): readonly Route[] {
  let text: string | null = null;
  const document = route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This interface, as an OpenAPI 3.1 document',
    access: 'public',
    answers: { 200: { description: 'The document.', schema: z.record(z.string(), z.unknown()) } },
    handle: ({ res }) => void res.type('json').send((text ??= JSON.stringify(openApiDocument(all), null, 2))),
  });
  const all = [...routes, document];
  return [document];
}
