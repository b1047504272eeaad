import { z } from 'zod';
import { candidateName } from '../../../reports/text/who.js';
import { may } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import { closeForm, regradeForm } from '../../api/routes/review/forms.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { id } from '../../api/routing/validate.js';
import { beginRegrade, endRegrade, regradeOf } from '../../review/regrade/begin.js';
import { listItems, listRegrades } from '../../store/regrade-items.js';
import { findSubmission } from '../../store/submissions.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { oneRegradeView, regradePage, regradesPage, regradesView } from './views.js';

const several = z.union([z.array(id).max(500), id.transform((one) => [one])]);
/** Of a field that may be left empty. */
const total = z
  .union([z.literal('').transform(() => undefined), z.coerce.number().min(0).max(100)])
  .optional();
const LATEST = 50;
const PAGE = 50;
const REFRESH_SECONDS = 5;

const list = route({
  method: 'get',
  path: '/regrades',
  summary: 'Regrades, and the form to begin one',
  access: ACCESS.read,
  pages: true,
  query: z.object({ submission: several.default([]) }),
  async handle(context) {
    const { principal, query, deps, csrf, res } = context;
    const [regrades, packs] = await Promise.all([
      listRegrades(deps.store, principal.organisation, { limit: LATEST }),
      deps.catalogue.list(),
    ]);
    const assessments = packs.map(({ spec }) => spec);
    const [first] = query.submission;
    const of = first === undefined ? null : await findSubmission(deps.store, principal.organisation, first);
    const view = regradesView({
      regrades,
      assessments,
      assessment: of?.submission.assessment_id ?? null,
      chosen: query.submission,
      mayManage: may(principal, ACCESS.manage),
      csrf: csrf(),
    });
    sendPage(res, regradesPage({ title: 'Regrades', viewer: viewerOf(context) }, view));
  },
});

const begin = route({
  method: 'post',
  path: '/regrades',
  summary: 'Begin a regrade as a dry run',
  access: ACCESS.manage,
  pages: true,
  body: {
    'application/x-www-form-urlencoded': regradeForm
      .pick({ kind: true, assessment: true, bar: true, reason: true })
      .extend({
        stale: z.literal('on').optional(),
        submission: several.optional(),
        scoreFrom: total,
        scoreTo: total,
      }),
  },
  errors: ['assessmentUnknown', 'regradeEmpty'],
  async handle({ actor, body, deps, res }) {
    const { stale, submission, scoreFrom, scoreTo, ...rest } = body;
    const selection = { stale: stale === 'on', submissions: submission, scoreFrom, scoreTo };
    res.redirect(303, `/regrades/${await beginRegrade(deps, actor, { ...rest, selection })}`);
  },
});

const show = route({
  method: 'get',
  path: '/regrades/:id',
  summary: 'Old and new totals of a regrade, who crosses the bar, and because of which checks',
  access: ACCESS.read,
  pages: true,
  query: z.object({ offset: z.coerce.number().int().min(0).max(1_000_000).default(0) }),
  errors: ['regradeUnknown'],
  async handle(context) {
    const { principal, params, query, deps, csrf, res } = context;
    const { organisation } = principal;
    const regrade = await regradeOf(deps.store, organisation, params.id);
    const found = await listItems(deps.store, organisation, params.id, {
      offset: query.offset,
      limit: PAGE + 1,
    });
    const items = await Promise.all(
      found.slice(0, PAGE).map(async (item) => {
        const view = await findSubmission(deps.store, organisation, item.submission);
        const { candidate = null, archive_digest = null } = view?.submission ?? {};
        return { ...item, who: candidateName(candidate, archive_digest) };
      }),
    );
    const next = found.length > PAGE ? `/regrades/${params.id}?offset=${query.offset + PAGE}` : null;
    const mayManage = may(principal, ACCESS.manage);
    const view = oneRegradeView({ regrade, items, next, mayManage, csrf: csrf() });
    const refreshSeconds = view.working ? REFRESH_SECONDS : null;
    const title = `${view.row.kind} of ${view.row.submissions}`;
    sendPage(res, regradePage({ title, viewer: viewerOf(context), refreshSeconds }, view));
  },
});

const close = route({
  method: 'post',
  path: '/regrades/:id/close',
  summary: 'Promote a regrade, or discard it',
  access: ACCESS.manage,
  pages: true,
  body: {
    'application/x-www-form-urlencoded': closeForm.extend({ as: z.enum(['promoted', 'discarded']) }),
  },
  errors: ['regradeUnknown', 'regradeNotReady'],
  async handle({ actor, params, body, deps, res }) {
    await endRegrade(deps, actor, params.id, body.as, body.reason);
    res.redirect(303, `/regrades/${params.id}`);
  },
});

export const regradePages: readonly Route[] = [list, begin, show, close];
