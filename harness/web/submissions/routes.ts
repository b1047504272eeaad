import { z } from 'zod';
import { may } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { cancelSubmission } from '../../api/cancel.js';
import { id } from '../../api/routing/validate.js';
import { AssayerError } from '../../errors.js';
import { sentBy } from '../../api/visible.js';
import { countStates, searchSubmissions } from '../../store/search.js';
import { plural } from '../../../reports/text/words.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { listPage, listView } from './list.js';
import { listQuery } from './query.js';

const PAGE = 50;

const list = route({
  method: 'get',
  path: '/submissions',
  summary: 'Search, filter and sort submissions',
  access: ACCESS.readOwn,
  pages: true,
  query: listQuery.extend({ cancelled: z.coerce.number().int().min(0).max(1000).optional() }),
  async handle(context) {
    const { principal, deps, query, res } = context;
    const search = {
      words: query.q,
      state: query.state || undefined,
      assessment: query.assessment,
      submittedBy: sentBy(principal),
    };
    const [found, counts, packs] = await Promise.all([
      searchSubmissions(deps.store, principal.organisation, {
        ...search,
        sort: query.sort,
        after: query.after,
        limit: PAGE,
      }),
      countStates(deps.store, principal.organisation, search),
      deps.catalogue.list(),
    ]);
    const view = listView({
      query,
      found,
      counts,
      assessments: packs.map(({ spec, digest }) => ({ id: spec.id, title: spec.title, digest })),
      now: new Date(),
      maySubmit: may(principal, ACCESS.submit),
    });
    const notice = query.cancelled === undefined ? null : cancelledWords(query.cancelled);
    sendPage(res, listPage({ title: 'Submissions', viewer: viewerOf(context), notice }, view));
  },
});

const cancelledWords = (count: number): string =>
  count === 0 ? 'Nothing was cancelled: these runs are over.' : `${plural(count, 'run')} cancelled.`;

const chosen = (submissions: readonly string[]): string =>
  submissions.map((one) => `submission=${one}`).join('&');

const several = z.union([id.transform((one) => [one]), z.array(id).max(PAGE)]).default([]);

/** One form, so that it works without a script: the button says what to do with the chosen ones. */
const selection = route({
  method: 'post',
  path: '/submissions/selection',
  summary: 'Compare, regrade or cancel several submissions',
  access: ACCESS.readOwn,
  pages: true,
  body: {
    'application/x-www-form-urlencoded': z.strictObject({
      action: z.enum(['compare', 'regrade', 'cancel']),
      submission: several,
    }),
  },
  errors: ['forbidden'],
  async handle({ actor, principal, deps, body, res }) {
    switch (body.action) {
      case 'compare': {
        return res.redirect(303, `/compare?${chosen(body.submission)}`);
      }
      case 'regrade': {
        if (!may(principal, ACCESS.manage)) throw new AssayerError('forbidden', { role: principal.role });
        return res.redirect(303, `/regrades?${chosen(body.submission)}`);
      }
      case 'cancel': {
        if (!may(principal, ACCESS.submit)) throw new AssayerError('forbidden', { role: principal.role });
        let cancelled = 0;
        for (const one of body.submission) {
          if ((await cancelSubmission(deps.store, principal, actor, one)) !== 'over') cancelled += 1;
        }
        return res.redirect(303, `/submissions?cancelled=${cancelled}`);
      }
    }
  },
});

export const listPages: readonly Route[] = [list, selection];
