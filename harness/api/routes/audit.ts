import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import type { AuditView } from '../../store/audit.js';
import { AUDIT_ACTIONS, listAudit } from '../../store/audit.js';
import { nextPage } from '../routing/pages.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { id } from '../routing/validate.js';

export const AUDIT = '/api/v1/audit';

const entrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['person', 'token', 'candidate', 'system']),
      id: z.string(),
      name: z.string(),
    }),
    action: z.string(),
    subject: z.string().nullable().meta({ description: 'Id of what it was done to.' }),
    details: z.record(z.string(), z.unknown()),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const auditQuery = z.object({
  action: z.enum(AUDIT_ACTIONS).optional(),
  actor: id.optional(),
  subject: id.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const toEntry = (row: AuditView): z.output<typeof entrySchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: row.subject,
  details: row.details,
  address: row.address,
  requestId: row.request_id,
});

const list = route({
  method: 'get',
  path: AUDIT,
  summary: 'Who did what, newest first',
  access: ACCESS.admin,
  query: auditQuery,
  answers: {
    200: {
      description: 'A page of the log.',
      schema: z.object({ items: z.array(entrySchema), next: z.string().nullable() }),
      headers: { Link: 'The next page, as rel="next", when there is one.' },
    },
  },
  async handle({ principal, query, deps, req, res }) {
    const { limit, cursor, ...filter } = query;
    const wanted = { ...filter, before: cursor, limit: limit + 1 };
    const found = await listAudit(deps.store, principal.organisation, wanted);
    const items = found.slice(0, limit).map(toEntry);
    const next = found.length > limit ? nextPage(req, items.at(-1)?.id ?? '') : null;
    if (next) res.links({ next });
    res.json({ items, next });
  },
});

export const auditRoutes: readonly Route[] = [list];
