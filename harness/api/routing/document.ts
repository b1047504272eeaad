import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { allScopes, SCOPES } from '../../accounts/roles.js';
import type { ErrorCode } from '../../errors.js';
import { ERRORS } from '../../errors.js';
import { programVersion } from '../../version.js';
import { problemSchema } from '../problem.js';
import type { Answer, Route } from './types.js';
import { id } from './validate.js';

/** An OpenAPI 3.1 document, as far as we look into it. */
export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** Tells of every JSON route, from the very schemas that validate. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: `An API token. Its scopes: ${SCOPES.map((scope) => `\`${scope}\` (${[...allScopes([scope])].join(', ')})`).join('; ')}.`,
  });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'assayer_session',
    description: 'The session of a signed-in browser. Changes are taken from pages of this server alone.',
  });
  for (const route of routes) if (!route.pages) registry.registerPath(operation(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Assayer',
      version: programVersion(),
      description:
        'Grades backend take-home exercises by running them. Every problem is a problem document (RFC 9457).',
    },
    servers: [{ url: '/' }],
  });
}

function operation(route: Route): RouteConfig {
  const { method, path, summary, access, query, requestHeaders, body } = route;
  const params = paramsSchema(route);
  return {
    method,
    path: path.replace(/:(\w+)/g, '{$1}'),
    summary,
    operationId: operationId(route),
    tags: [path.split('/')[3]?.split('.')[0] ?? 'operation'],
    ...(access === 'public'
      ? { security: [] }
      : {
          security: [{ token: [] }, { session: [] }],
          description: `For people who are ${access.roles.join(', ')}; for tokens with the scope ${access.scopes.join(' or ')}.`,
        }),
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(requestHeaders ? { headers: headersSchema(requestHeaders) } : {}),
      ...(body ? { body: { required: true, content: bodyContent(body) } } : {}),
    },
    responses: { ...successes(route), ...problems(route) },
  };
}

/** `getSubmissionsIdEvents`: stable as long as the path is, so that a generated client stays the same. */
function operationId({ method, path }: Route): string {
  const words = path.replace(/^\/api\/v1/, '').match(/\w+/g) ?? ['root'];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${method}${name}`;
}

function paramsSchema({ path, params }: Route): z.ZodObject | null {
  if (params instanceof z.ZodObject) return params;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => [name ?? '', id] as const);
  return names.length === 0 ? null : z.object(Object.fromEntries(names));
}

function headersSchema(headers: NonNullable<Route['requestHeaders']>): z.ZodObject {
  const entries = Object.entries(headers).map(([name, description]) => [
    name,
    z.string().optional().meta({ description }),
  ]);
  return z.object(Object.fromEntries(entries) as Record<string, z.ZodType>);
}

function bodyContent(body: NonNullable<Route['body']>): Record<string, { schema: z.ZodType }> {
  const entries = Object.entries(body).map(([type, schema]): [string, { schema: z.ZodType }] => {
    const withFile = type === 'multipart/form-data' && schema instanceof z.ZodObject;
    return [type, { schema: withFile ? schema.extend({ archive: FILE }) : schema }];
  });
  return Object.fromEntries(entries);
}

/** Bytes, which OpenAPI 3.1 writes as a string of another media type. */
const FILE = z
  .string()
  .meta({ contentMediaType: 'application/octet-stream', description: 'A zip or tar archive.' });

function successes({ answers }: Route): RouteConfig['responses'] {
  const entries = Object.entries(answers ?? {}).map(([status, answer]) => [status, success(answer)]);
  return Object.fromEntries(entries) as RouteConfig['responses'];
}

function success({ description, schema, type, headers }: Answer): RouteConfig['responses'][string] {
  const media = type ?? 'application/json';
  return {
    description,
    ...(schema || type ? { content: { [media]: { schema: schema ?? z.string() } } } : {}),
    ...(headers
      ? {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, meaning]) => [
              name,
              { description: meaning, schema: { type: 'string' as const } },
            ]),
          ),
        }
      : {}),
  };
}

/** What every route of its kind can end in; a fault of ours (500) is no answer that anybody should count on. */
function usualErrors({ access, path, query, body, method }: Route): ErrorCode[] {
  return [
    ...(access === 'public' ? [] : (['unauthenticated', 'forbidden', 'storeUnavailable'] as const)),
    ...(method === 'get' ? [] : (['crossSite'] as const)),
    ...(path.includes(':') ? (['routeUnknown', 'bodyUnreadable'] as const) : []),
    ...(query ? (['bodyInvalid'] as const) : []),
    ...(body ? (['bodyInvalid', 'bodyUnreadable', 'bodyTooLarge', 'mediaTypeUnsupported'] as const) : []),
    ...(body?.['multipart/form-data'] ? (['tooManyUploads', 'diskFull'] as const) : []),
    'rateLimited',
  ];
}

function problems(route: Route): RouteConfig['responses'] {
  const codes = [...new Set([...usualErrors(route), ...(route.errors ?? [])])];
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))];
  const entries = statuses.map((status) => {
    const some = codes.filter((code) => ERRORS[code].status === status);
    const description = some.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' ');
    return [status, { description, content: { 'application/problem+json': { schema: problemSchema } } }];
  });
  return Object.fromEntries(entries) as RouteConfig['responses'];
}
