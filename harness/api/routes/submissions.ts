import type { Request } from 'express';
import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { readProgress } from '../../store/events.js';
import { listSubmissions } from '../../store/submissions.js';
import { RUN_STATES } from '../../store/types.js';
import { acceptGit, acceptUpload, gitRequest, uploadFields } from '../accept.js';
import { cancelSubmission } from '../cancel.js';
import type { SubmissionResource } from '../representation.js';
import { submissionSchema, SUBMISSIONS, toResource } from '../representation.js';
import { nextPage } from '../routing/pages.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { id } from '../routing/validate.js';
import { sentBy, visibleSubmission } from '../visible.js';

const create = route({
  method: 'post',
  path: SUBMISSIONS,
  summary: 'Submit an archive, or a git URL that a worker fetches',
  access: ACCESS.submit,
  body: { 'application/json': gitRequest, 'multipart/form-data': uploadFields },
  requestHeaders: { 'Idempotency-Key': 'However often it is sent with the same key, it is one submission.' },
  answers: {
    202: {
      description:
        'Accepted, and waiting for a worker. With an Idempotency-Key that was used before: what came of it.',
      schema: submissionSchema,
      headers: { Location: 'Where to look.', 'Idempotency-Replayed': '`true` when it was accepted before.' },
    },
  },
  errors: ['submissionRefused', 'assessmentUnknown', 'idempotencyKeyInvalid', 'idempotencyKeyReused'],
  async handle({ actor, body, archive, deps, req, res }) {
    const sender = { actor, key: idempotencyKey(req) };
    const { view, known } = await ('gitUrl' in body
      ? acceptGit(deps, sender, body)
      : acceptUpload(deps, sender, body, archive));
    if (known) res.setHeader('Idempotency-Replayed', 'true');
    const resource = toResource(view);
    res.status(202).location(resource.links.self).json(resource);
  },
});

const list = route({
  method: 'get',
  path: SUBMISSIONS,
  summary: 'List submissions, newest first',
  access: ACCESS.readOwn,
  query: z.object({
    state: z.enum(RUN_STATES).optional(),
    assessment: z
      .string()
      .regex(/^[^\0]*$/)
      .max(100)
      .optional(),
    cursor: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answers: {
    200: {
      description: 'A page of them.',
      schema: z.object({ items: z.array(submissionSchema), next: z.string().nullable() }),
      headers: { Link: 'The next page, as rel="next", when there is one.' },
    },
  },
  async handle({ principal, query, deps, req, res }) {
    const { limit, cursor, ...filter } = query;
    const wanted = { ...filter, submittedBy: sentBy(principal), before: cursor, limit: limit + 1 };
    const found = await listSubmissions(deps.store, principal.organisation, wanted);
    const items = found.slice(0, limit).map(toResource);
    const next = found.length > limit ? nextPage(req, items.at(-1)?.id ?? '') : null;
    if (next) res.links({ next });
    res.json({ items, next });
  },
});

const one = route({
  method: 'get',
  path: `${SUBMISSIONS}/:id`,
  summary: 'Look at a submission',
  access: ACCESS.readOwn,
  answers: { 200: { description: 'With its latest run.', schema: submissionSchema } },
  errors: ['submissionUnknown'],
  async handle({ principal, params, deps, res }) {
    const view = await visibleSubmission(deps.store, principal, params.id);
    const resource = toResource(view);
    if (view.run.state !== 'running') return void res.json(resource);
    const pack = await deps.catalogue.find(view.submission.assessment_id).catch(() => null);
    const checksTotal = pack?.checks.length ?? null;
    const progress = { ...(await readProgress(deps.store, view.run.id)), checksTotal };
    res.json({ ...resource, run: { ...resource.run, progress } } satisfies SubmissionResource);
  },
});

const cancel = route({
  method: 'post',
  path: `${SUBMISSIONS}/:id/cancel`,
  summary: 'Cancel the run of a submission',
  access: ACCESS.submit,
  answers: {
    202: { description: 'A waiting run is cancelled; a running one will be.', schema: submissionSchema },
  },
  errors: ['submissionUnknown', 'runFinished'],
  async handle({ principal, actor, params, deps: { store }, res }) {
    const existing = () => visibleSubmission(store, principal, params.id);
    if ((await cancelSubmission(store, principal, actor, params.id)) === 'over') {
      const { state } = (await existing()).run;
      throw new AssayerError('runFinished', { state });
    }
    res.status(202).json(toResource(await existing()));
  },
});

export const submissionRoutes: readonly Route[] = [list, create, one, cancel];

function idempotencyKey(req: Request): string | null {
  const key = req.get('idempotency-key');
  if (key === undefined) return null;
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw new AssayerError('idempotencyKeyInvalid', {});
  return key;
}
