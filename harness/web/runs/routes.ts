import { may } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import { cancelSubmission } from '../../api/cancel.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { visibleSubmission } from '../../api/visible.js';
import { readRunLog } from '../../store/run-log.js';
import { liveWorkers } from '../../store/workers.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { runPage, runView } from './run.js';

/** Lines of output that the page begins with. */
const LINES = 200;
const REFRESH_SECONDS = 5;

const show = route({
  method: 'get',
  path: '/submissions/:id/run',
  summary: 'How the run of a submission goes, or went',
  access: ACCESS.readOwn,
  pages: true,
  errors: ['submissionUnknown'],
  async handle(context) {
    const { principal, deps, params, res } = context;
    const found = await visibleSubmission(deps.store, principal, params.id);
    const [pack, log, workers] = await Promise.all([
      deps.catalogue.find(found.submission.assessment_id).catch(() => null),
      readRunLog(deps.store, found.run.id, LINES),
      liveWorkers(deps.store),
    ]);
    const view = runView({
      view: found,
      pack,
      log,
      workers: workers.filter(({ state }) => state === 'ready').length,
      now: new Date(),
      maySubmit: may(principal, ACCESS.submit),
    });
    const refreshSeconds = view.over ? null : REFRESH_SECONDS;
    const title = `${view.status.word}: ${view.who}`;
    sendPage(res, runPage({ title, viewer: viewerOf(context), refreshSeconds }, view));
  },
});

const cancel = route({
  method: 'post',
  path: '/submissions/:id/cancel',
  summary: 'Cancel the run of a submission',
  access: ACCESS.submit,
  pages: true,
  errors: ['submissionUnknown'],
  async handle({ principal, actor, deps, params, res }) {
    await cancelSubmission(deps.store, principal, actor, params.id);
    res.redirect(303, `/submissions/${params.id}/run`);
  },
});

export const runPages: readonly Route[] = [show, cancel];
