import { may } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { failedRuns, queueFigures, runningRuns } from '../../store/operations.js';
import { liveWorkers } from '../../store/workers.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { boardPages, mayLook } from './board.js';
import { workersPage, workersView } from './workers.js';

const ROWS = 20;

const show = route({
  method: 'get',
  path: '/workers',
  summary: 'Workers, queue and failures',
  access: ACCESS.read,
  pages: true,
  async handle(context) {
    const { principal, deps, res } = context;
    const { store } = deps;
    const [workers, queue, running, failures] = await Promise.all([
      liveWorkers(store),
      queueFigures(store),
      runningRuns(store, principal.organisation, ROWS),
      failedRuns(store, principal.organisation, ROWS),
    ]);
    const board = may(principal, ACCESS.admin) && mayLook(principal);
    const view = workersView({ workers, queue, running, failures, now: new Date(), board });
    sendPage(res, workersPage({ title: 'Workers and queue', viewer: viewerOf(context) }, view));
  },
});

export const workerPages: readonly Route[] = [show, ...boardPages];
