import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { readPush, signatureHolds } from '../../hooks/github.js';
import { dropIntake, makeIntake, RECEIVE, receivePath } from '../../hooks/intake.js';
import { findIntakeSecret, findSent, listIntakes } from '../../store/intakes.js';
import type { Store } from '../../store/database.js';
import { acceptPush } from '../../store/entries.js';
import type { Accepted, IdempotencyKey, NewSubmission } from '../../store/submissions.js';
import type { Sender } from '../accept.js';
import { acceptGit } from '../accept.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

const INTAKES = '/api/v1/intakes';

const intakeSchema = z
  .object({
    id: z.string(),
    assessment: z.string(),
    path: z.string().meta({ description: 'What the code host sends its messages to, on this server.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Intake' });

const list = route({
  method: 'get',
  path: INTAKES,
  summary: 'Webhooks of a code host, by which a push becomes a submission',
  access: ACCESS.admin,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(intakeSchema) }) } },
  async handle({ principal, deps, res }) {
    const found = await listIntakes(deps.store, principal.organisation);
    const items = found.map(({ id, assessment, created_at }) => ({
      ...{ id, assessment, path: receivePath(id) },
      createdAt: created_at.toISOString(),
    }));
    res.json({ items });
  },
});

const create = route({
  method: 'post',
  path: INTAKES,
  summary: 'Have pushes of a GitHub repository or organisation graded',
  access: ACCESS.admin,
  body: { 'application/json': z.object({ assessment: z.string().min(1).max(100) }) },
  answers: {
    201: {
      description: 'Enter path and secret as a webhook at GitHub; the secret is shown here and never again.',
      schema: z.object({ id: z.string(), path: z.string(), secret: z.string() }),
    },
  },
  errors: ['assessmentUnknown'],
  async handle({ actor, body: { assessment }, deps, res }) {
    res
      .status(201)
      .setHeader('Cache-Control', 'no-store')
      .json(await makeIntake(deps, actor, assessment));
  },
});

const remove = route({
  method: 'delete',
  path: `${INTAKES}/:id`,
  summary: 'Take no more pushes by this webhook',
  access: ACCESS.admin,
  answers: { 204: { description: 'It is gone. What it submitted stays.' } },
  errors: ['hookUnknown'],
  async handle({ actor, params, deps, res }) {
    if (!(await dropIntake(deps.store, actor, params.id))) {
      throw new AssayerError('hookUnknown', { id: params.id });
    }
    res.status(204).end();
  },
});

/**
 * What GitHub sends, checked over the very bytes. The id of a delivery is not signed, so it is the commit that is
 * accepted once: whoever sends a message again, in whatever order, makes no second submission.
 */
const receive = route({
  method: 'post',
  path: `${RECEIVE}/:id`,
  summary: 'Where GitHub sends its messages; a push to the default branch is graded',
  access: 'public',
  raw: true,
  body: { 'application/json': z.record(z.string(), z.unknown()) },
  answers: {
    202: {
      description: 'Taken. `submission` is null when the message asks for nothing, and `reason` says why.',
      schema: z.object({ submission: z.string().nullable(), reason: z.string().nullable() }),
    },
  },
  errors: ['signatureWrong', 'assessmentUnknown', 'storeUnavailable'],
  async handle({ params, bytes, deps, req, res }) {
    const intake = await findIntakeSecret(deps.store, params.id);
    if (!intake || !signatureHolds(intake.secret, bytes, req.get('x-hub-signature-256'))) {
      throw new AssayerError('signatureWrong', {});
    }
    const pushed = readPush(req.get('x-github-event') ?? '', bytes);
    switch (pushed.kind) {
      case 'unreadable':
        throw new AssayerError('bodyInvalid', { problem: 'This is no push as GitHub describes it.' });
      case 'nothing':
        return void res.status(202).json({ submission: null, reason: pushed.reason });
      case 'commit': {
        const { gitUrl, ref, candidate } = pushed;
        const source = `${gitUrl}#${ref}`;
        const known = await findSent(deps.store, intake.organisation, params.id, source);
        if (known !== null) return void res.status(202).json({ submission: known, reason: null });
        const sender: Sender = {
          actor: actorOf(params.id, intake.organisation),
          // Of a fixed length: the commit stands at the end of what may be a long address.
          key: createHash('sha256').update(source).digest('hex'),
          enter: (submission, key) => enterPush(deps.store, intake.organisation, submission, key),
        };
        const request = { gitUrl, ref, assessment: intake.assessment, candidate };
        const pushes = await acceptGit(deps, sender, request).catch(quotaReason);
        if (typeof pushes === 'string')
          return void res.status(202).json({ submission: null, reason: pushes });
        res.status(202).json({ submission: pushes.view.submission.id, reason: null });
      }
    }
  },
});

/** Of one repository: whoever pushes until the result pleases has had enough of chances by then. */
const MOST_PUSHES = 20;

/** @throws AssayerError quotaUsed */
async function enterPush(
  store: Store,
  organisation: string,
  submission: NewSubmission,
  key: IdempotencyKey | null,
): Promise<Accepted> {
  const entry = await acceptPush(store, organisation, submission, key, MOST_PUSHES);
  if ('view' in entry || entry.kind === 'keyReused') return entry;
  throw new AssayerError('quotaUsed', { allowed: MOST_PUSHES });
}

/** A code host would send a refused message again and again; it is taken, and told why nothing came of it. */
function quotaReason(error: unknown): string {
  if (error instanceof AssayerError && error.code === 'quotaUsed') return error.message;
  throw error;
}

const actorOf = (id: string, organisation: string): Actor => ({
  ...{ organisation, id, kind: 'system', name: 'GitHub' },
  address: null,
  requestId: null,
});

export const intakeRoutes: readonly Route[] = [list, create, remove, receive];
