import { ACCESS } from '../../accounts/roles.js';
import { auditQuery } from '../../api/routes/audit.js';
import { nextPage } from '../../api/routing/pages.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import type { AuditView } from '../../store/audit.js';
import { AUDIT_ACTIONS, listAudit } from '../../store/audit.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage, sendPage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsFrame, settingsHead } from './tabs.js';

interface AuditPage extends SettingsHead {
  readonly entries: readonly {
    readonly at: Moment;
    readonly who: string;
    readonly action: string;
    readonly subject: string | null;
    readonly details: string;
    readonly address: string | null;
  }[];
  readonly actions: readonly { readonly value: string; readonly selected: boolean }[];
  readonly subject: string;
  readonly next: string | null;
}

const auditPage = definePage<AuditPage>('audit');

const toEntry = (row: AuditView): AuditPage['entries'][number] => ({
  at: moment(row.at),
  who: row.actor_name,
  action: row.action,
  subject: row.subject,
  details: Object.entries(row.details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', '),
  address: row.address,
});

const show = route({
  method: 'get',
  path: '/settings/audit',
  summary: 'Who did what',
  access: ACCESS.admin,
  pages: true,
  query: auditQuery,
  async handle(context) {
    const { principal, query, deps, req, res } = context;
    const { limit, cursor, ...filter } = query;
    const wanted = { ...filter, before: cursor, limit: limit + 1 };
    const found = await listAudit(deps.store, principal.organisation, wanted);
    const rows = found.slice(0, limit);
    const page = auditPage(settingsFrame(context, 'audit'), {
      ...settingsHead('audit'),
      entries: rows.map(toEntry),
      actions: AUDIT_ACTIONS.map((value) => ({ value, selected: value === query.action })),
      subject: query.subject ?? '',
      next: found.length > limit ? nextPage(req, rows.at(-1)?.id ?? '') : null,
    });
    sendPage(res, page);
  },
});

export const auditPages: readonly Route[] = [show];
