import type { Principal } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import type { SeveralCompared } from '../../api/compared.js';
import { readCompared } from '../../api/compared.js';
import { comparedQuery, comparisonFile } from '../../api/routes/files.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import type { ApiDeps } from '../../api/types.js';
import type { Store } from '../../store/database.js';
import { countGraded } from '../../store/search.js';
import type { Standing } from '../../store/standing.js';
import { standingOf } from '../../store/standing.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import type { ChooseView } from './compare.js';
import { choosePage, comparePage, compareView } from './compare.js';

const show = route({
  method: 'get',
  path: '/compare',
  summary: 'Scorecards side by side',
  access: ACCESS.read,
  pages: true,
  query: comparedQuery,
  errors: ['submissionUnknown', 'scorecardNotReady', 'notGraded'],
  async handle(context) {
    const { principal, deps, res } = context;
    const viewer = viewerOf(context);
    const compared = await readCompared(deps.store, principal, context.query.submission);
    if (typeof compared !== 'string') {
      const view = compareView(compared, await standing(deps.store, principal.organisation, compared));
      return sendPage(res, comparePage({ title: `${view.assessment}, side by side`, viewer }, view));
    }
    const problem = context.query.submission.length === 0 ? null : compared;
    const view = await chooseView(deps, principal, problem);
    sendPage(problem === null ? res : res.status(422), choosePage({ title: 'Compare', viewer }, view));
  },
});

export const comparePages: readonly Route[] = [show, comparisonFile('/compare.csv', { pages: true })];

function standing(store: Store, organisation: string, compared: SeveralCompared): Promise<Standing> {
  const totals = compared.flatMap(({ card }) => card.overall.score ?? []);
  return standingOf(store, organisation, compared[0].card.assessment, totals);
}

async function chooseView(
  { store, catalogue }: ApiDeps,
  { organisation }: Principal,
  problem: string | null,
): Promise<ChooseView> {
  const [graded, packs] = await Promise.all([countGraded(store, organisation), catalogue.list()]);
  const titles = new Map(packs.map(({ spec }) => [spec.id, spec.title]));
  return {
    problem,
    assessments: [...graded]
      .filter(([, count]) => count > 1)
      .map(([assessment, count]) => ({
        title: titles.get(assessment) ?? assessment,
        href: `/submissions?${new URLSearchParams({ state: 'done', assessment, sort: 'highest' }).toString()}`,
        graded: `${count} graded`,
      })),
  };
}
