import { join } from 'node:path';
import type { Request, Response } from 'express';
import { json, Router } from 'express';
import { z } from 'zod';
import { AssayerError } from '../../errors.js';
import { cancelRun } from '../../store/endings.js';
import { readProgress } from '../../store/events.js';
import type { SubmissionView } from '../../store/submissions.js';
import { findSubmission, listSubmissions } from '../../store/submissions.js';
import { RUN_STATES } from '../../store/types.js';
import { acceptGit, acceptUpload } from '../accept.js';
import { only } from '../problem.js';
import type { SubmissionResource } from '../representation.js';
import { SUBMISSIONS, toResource } from '../representation.js';
import type { ApiDeps } from '../types.js';
import { receiveUpload } from '../upload.js';

/** Uploads that are taken in at the same time; each may be unpacking. */
const MAX_UPLOADS = 64;

const listQuery = z.object({
  state: z.enum(RUN_STATES).optional(),
  assessment: z.string().max(100).optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function submissionRoutes(deps: ApiDeps): Router {
  const { store, config } = deps;
  const router = Router();
  let uploads = 0;

  router
    .route(SUBMISSIONS)
    .post(json({ limit: '64kb' }), async (req, res) => {
      const { view, known } = await accept(req, res);
      if (known) res.setHeader('Idempotency-Replayed', 'true');
      const resource = toResource(view);
      res.status(202).location(resource.links.self).json(resource);
    })
    .get(async (req, res) => {
      const query = listQuery.safeParse(req.query);
      if (!query.success) {
        const problem = `The query is not valid: ${query.error.issues[0]?.message ?? 'wrong value'}.`;
        throw new AssayerError('bodyInvalid', { problem });
      }
      const { limit, cursor, ...filter } = query.data;
      const found = await listSubmissions(store, { ...filter, before: cursor, limit: limit + 1 });
      const items = found.slice(0, limit).map(toResource);
      const next = found.length > limit ? nextPage(req, items) : null;
      if (next) res.links({ next });
      res.json({ items, next });
    })
    .all(only('GET', 'POST'));

  router
    .route(`${SUBMISSIONS}/:id`)
    .get(async (req, res) => {
      const view = await existing(req.params.id);
      const resource = toResource(view);
      if (view.run.state !== 'running') return void res.json(resource);
      const pack = await deps.catalogue.find(view.submission.assessment_id).catch(() => null);
      const checksTotal = pack?.checks.length ?? null;
      const progress = { ...(await readProgress(store, view.run.id)), checksTotal };
      res.json({ ...resource, run: { ...resource.run, progress } } satisfies SubmissionResource);
    })
    .all(only('GET'));

  router
    .route(`${SUBMISSIONS}/:id/cancel`)
    .post(async (req, res) => {
      const { run } = await existing(req.params.id);
      if ((await cancelRun(store, run.id)) === 'over') {
        const { state } = (await existing(req.params.id)).run;
        throw new AssayerError('runFinished', { state });
      }
      res.status(202).json(toResource(await existing(req.params.id)));
    })
    .all(only('POST'));

  return router;

  async function existing(id: string): Promise<SubmissionView> {
    const view = await findSubmission(store, id);
    if (!view) throw new AssayerError('submissionUnknown', { id: id.slice(0, 100) });
    return view;
  }

  function accept(req: Request, res: Response): ReturnType<typeof acceptGit> {
    const token = res.locals.principal?.token ?? '';
    const key = idempotencyKey(req);
    const keyOf = (fingerprint: string) => (key === null ? null : { token, key, fingerprint });
    if (req.is('application/json')) return acceptGit(deps, req.body, keyOf);
    if (!req.is('multipart/form-data')) throw new AssayerError('mediaTypeUnsupported', {});
    if (uploads >= MAX_UPLOADS) throw new AssayerError('tooManyUploads', {});
    uploads += 1;
    return receiveUpload(
      req,
      { dir: join(config.stateDir, 'uploads'), maxBytes: config.uploadMb * 2 ** 20 },
      (upload) => acceptUpload(deps, upload, keyOf),
    ).finally(() => (uploads -= 1));
  }
}

function idempotencyKey(req: Request): string | null {
  const key = req.get('idempotency-key');
  if (key === undefined) return null;
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw new AssayerError('idempotencyKeyInvalid', {});
  return key;
}

function nextPage(req: Request, items: readonly SubmissionResource[]): string {
  const query = new URLSearchParams(req.query as Record<string, string>);
  query.set('cursor', items.at(-1)?.id ?? '');
  return `${SUBMISSIONS}?${query.toString()}`;
}
