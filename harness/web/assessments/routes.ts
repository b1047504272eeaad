import type { Pack } from '../../../assessments/kit/index.js';
import { may } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import { lastUsed } from '../../api/last-used.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { wantedPack } from '../../catalogue.js';
import { AssayerError } from '../../errors.js';
import { readBrief, readContract, starterArchive } from '../../packs/brief.js';
import { readMutants } from '../../packs/mutants.js';
import { countByAssessment } from '../../store/search.js';
import { article } from '../frame/markdown.js';
import type { Frame } from '../frame/page.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { briefPage } from './brief.js';
import { cataloguePage, catalogueView } from './catalogue.js';
import { contractPage, readOpenApi } from './contract.js';
import { overviewPage, overviewView } from './overview.js';
import { qualityPage, qualityView } from './checks.js';
import type { AssessmentHead, AssessmentTab } from './tabs.js';
import { assessmentHead, TABS } from './tabs.js';

const one = { method: 'get', access: ACCESS.read, pages: true, errors: ['assessmentMissing'] } as const;

const catalogue = route({
  method: 'get',
  path: '/assessments',
  summary: 'The catalogue of assessments',
  access: ACCESS.read,
  pages: true,
  async handle(context) {
    const { principal, deps, res } = context;
    const [packs, counts] = await Promise.all([
      deps.catalogue.list(),
      countByAssessment(deps.store, principal.organisation),
    ]);
    const view = catalogueView(packs, counts, may(principal, ACCESS.submit));
    sendPage(res, cataloguePage({ title: 'Assessments', viewer: viewerOf(context) }, view));
  },
});

/** Assessments that were looked at last; reading their files and making HTML of a brief takes longer than the page. */
const MOST_KEPT = 30;

/**
 * The page of one tab, with `what` before the assessment's name in its title; `view` makes what its template shows of the
 * assessment, which is the same for as long as that is.
 */
const tabPage = <V extends object>(
  tab: AssessmentTab,
  summary: string,
  draw: (frame: Pick<Frame, 'title' | 'viewer'>, view: V) => string,
  what: string,
  view: (pack: Pack, head: AssessmentHead) => V | Promise<V>,
): Route => {
  const kept = lastUsed<V>(MOST_KEPT);
  return route({
    ...one,
    path: `/assessments/:id${TABS[tab].path}`,
    summary,
    async handle(context) {
      const pack = await wantedPack(context.deps.catalogue, context.params.id, 'assessmentMissing');
      const maySubmit = may(context.principal, ACCESS.submit);
      const shown = await kept(JSON.stringify([pack.digest, maySubmit]), async () =>
        view(pack, assessmentHead(pack, tab, maySubmit)),
      );
      const frame = { title: `${what}${pack.spec.title}`, viewer: viewerOf(context) };
      sendPage(context.res, draw(frame, shown));
    },
  });
};

const tabs: readonly Route[] = [
  tabPage('overview', 'One assessment: what it measures', overviewPage, '', async (pack, head) =>
    overviewView(pack, head, (await readMutants(pack.dir)).length),
  ),
  tabPage('brief', 'The brief that candidates get', briefPage, 'Brief of ', async (pack, head) => ({
    head,
    brief: given(await readBrief(pack), article),
  })),
  tabPage(
    'contract',
    'What a submission has to answer',
    contractPage,
    'Contract of ',
    async (pack, head) => ({ head, contract: given(await readContract(pack), readOpenApi) }),
  ),
  tabPage(
    'checks',
    'The hidden checks, and what proves each',
    qualityPage,
    'Checks of ',
    async (pack, head) => qualityView(pack, head, await readMutants(pack.dir)),
  ),
];

/** Null of a text that the pack does not have. */
const given = <T>(text: string | null, read: (text: string) => T): T | null =>
  text === null ? null : read(text);

const starter = route({
  ...one,
  path: '/assessments/:id/starter.tar.gz',
  summary: 'What candidates begin from, with brief and contract',
  answers: { 200: { description: 'The archive.', type: 'application/gzip' } },
  async handle({ params, deps, res }) {
    const pack = await wantedPack(deps.catalogue, params.id, 'assessmentMissing');
    const archive = await starterArchive(pack);
    res.attachment(`${pack.spec.id}-starter.tar.gz`).type('application/gzip').send(archive);
  },
});

const document = route({
  ...one,
  path: '/assessments/:id/openapi.yaml',
  summary: 'The contract as OpenAPI',
  answers: { 200: { description: 'The document.', type: 'application/yaml' } },
  async handle({ params, deps, req, res }) {
    const pack = await wantedPack(deps.catalogue, params.id, 'assessmentMissing');
    const text = await readContract(pack);
    if (text === null) throw new AssayerError('routeUnknown', { path: req.path });
    res.attachment(`${pack.spec.id}-openapi.yaml`).type('application/yaml').send(text);
  },
});

export const assessmentPages: readonly Route[] = [catalogue, ...tabs, starter, document];
