import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Principal } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import type { ApiDeps } from '../../api/types.js';
import { AssayerError } from '../../errors.js';
import type { RunQueue } from '../../queue/queue.js';
import { DEFAULT_ORGANISATION } from '../../store/organisations.js';

const PATH = '/workers/queue';

/** The queue is that of all organisations, so it is for those who run the installation. */
export const mayLook = ({ organisation }: Principal): boolean => organisation === DEFAULT_ORGANISATION;

/** It brings styles of its own, inline ones too; what it would load from elsewhere is not loaded. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self' data:",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Only to look at: a job that is changed by hand is made anew from the database anyway. Loaded with the first visit. */
async function openBoard({ jobs }: RunQueue): Promise<RequestHandler> {
  const [{ createBullBoard }, { BullMQAdapter }, { ExpressAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/express'),
  ]);
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(PATH);
  createBullBoard({
    queues: [new BullMQAdapter(jobs, { readOnlyMode: true })],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Assayer: jobs' } },
  });
  return serverAdapter.getRouter() as RequestHandler;
}

const boards = new WeakMap<RunQueue, Promise<RequestHandler>>();

async function show(deps: ApiDeps, principal: Principal, req: Request, res: Response): Promise<void> {
  if (!mayLook(principal))
    throw new AssayerError('forbidden', { role: `${principal.role} of another organisation` });
  const board = boards.get(deps.queue) ?? openBoard(deps.queue);
  boards.set(deps.queue, board);
  const handle = await board;
  res.setHeader('Content-Security-Policy', POLICY);
  req.url = req.url.slice(PATH.length) || '/';
  await new Promise<void>((resolve, reject) => {
    res.once('close', resolve);
    void handle(req, res, (error?: unknown) =>
      reject(error ?? new AssayerError('routeUnknown', { path: req.originalUrl.slice(0, 200) })),
    );
  });
}

const common = { method: 'get', access: ACCESS.admin, pages: true, params: z.looseObject({}) } as const;

export const boardPages: readonly Route[] = [
  route({
    ...common,
    path: PATH,
    summary: 'The jobs in the queue',
    handle: ({ deps, principal, req, res }) => show(deps, principal, req, res),
  }),
  route({
    ...common,
    path: `${PATH}/*rest`,
    summary: 'What the page of the jobs loads',
    query: z.looseObject({}),
    handle: ({ deps, principal, req, res }) => show(deps, principal, req, res),
  }),
];
