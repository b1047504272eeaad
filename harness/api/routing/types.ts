import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Actor, Principal } from '../../accounts/principal.js';
import type { Access } from '../../accounts/roles.js';
import type { ErrorCode } from '../../errors.js';
import type { Upload } from '../upload.js';
import type { ApiDeps } from '../types.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Forms and uploads are objects of strings; the hidden field `_csrf` of a page's form is taken out before. */
export type BodyMedia = 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';
/** What may be sent, by content type. A multipart body may have a file in the part named `archive`. */
export type BodySchemas = Partial<Record<BodyMedia, z.ZodType>>;

/** A possible answer that is no problem. */
export interface Answer {
  readonly description: string;
  /** Of a JSON body. */
  readonly schema?: z.ZodType;
  /** Content type of a body that is no JSON. */
  readonly type?: string;
  /** What it carries beside the usual ones, by name, with what it means. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler is given. Everything in it was validated. */
export interface Context<A extends Access = Access, P = unknown, Q = unknown, B = unknown> {
  /** Who asks; null on public routes, which may ask by `identify`. */
  readonly principal: A extends 'public' ? null : Principal;
  /** Who asks, for what is written down of it. */
  readonly actor: A extends 'public' ? null : Actor;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The body as it came, on routes that are `raw`; empty elsewhere. */
  readonly bytes: Buffer;
  /** The file of a multipart body. Its bytes are gone when `handle` ends. */
  readonly archive: Upload['archive'];
  readonly deps: ApiDeps;
  readonly req: Request;
  readonly res: Response;
  /** For public routes that say something else to who is signed in. */
  identify(): Promise<Principal | null>;
  /** The value of the hidden field `_csrf` of a form for this browser. */
  csrf(): string;
}

/** The names in a path: `id` of `/things/:id`. */
export type PathParams<P extends string> = P extends `${string}/:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? { readonly [K in Name | keyof PathParams<`/${More}`>]: string }
    : Rest extends `${infer Name}.${string}`
      ? { readonly [K in Name]: string }
      : { readonly [K in Rest]: string }
  : Record<never, string>;

interface RouteCommon<A extends Access> {
  readonly method: Method;
  /** As express writes it: `/api/v1/things/:id`. */
  readonly path: string;
  /** One short line for the documentation. */
  readonly summary: string;
  readonly access: A;
  /** Answers HTML to a person. Its forms carry a CSRF token, and whoever is not signed in is sent to sign in. */
  readonly pages?: true;
  /** Its handler checks the very bytes that were sent; `body` is for the documentation. */
  readonly raw?: true;
  /** Successes, by status. A page needs none: 200 with HTML is understood, and so is 303 of one that is posted to. */
  readonly answers?: Readonly<Record<number, Answer>>;
  /** Headers of the request that it looks at beside the usual ones, by name, with what they are for. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Errors of its own, beside those that every route of its kind can end in. */
  readonly errors?: readonly ErrorCode[];
}

/** A route, as `app.ts` mounts it and the documentation tells of it. */
export interface Route extends RouteCommon<Access> {
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly body?: BodySchemas | undefined;
  handle(context: Context): void | Promise<void>;
}

/** How a route is written down; `route()` makes a `Route` of it. */
export interface RouteSpec<
  Path extends string,
  A extends Access,
  Q extends z.ZodObject,
  B extends BodySchemas,
> extends RouteCommon<A> {
  readonly path: Path;
  /** Without it, each name in the path is an id. */
  readonly params?: z.ZodType<PathParams<Path>>;
  readonly query?: Q;
  readonly body?: B;
  readonly handle: (
    context: Context<A, PathParams<Path>, z.output<Q>, z.output<NonNullable<B[keyof B & BodyMedia]>>>,
  ) => void | Promise<void>;
}

export function route<
  const Path extends string,
  const A extends Access,
  Q extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
  B extends BodySchemas = Record<never, z.ZodType>,
>(spec: RouteSpec<Path, A, Q, B>): Route {
  return spec as unknown as Route;
}
