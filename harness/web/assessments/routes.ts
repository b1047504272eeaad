import type { Pack } from '../../../assessments/kit/index.js';
import { may, type Principal } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import type { ApiDeps } from '../../api/types.js';
import { AssayerError } from '../../errors.js';
import { readBrief, readContract, starterArchive } from '../../packs/brief.js';
import { readMutants } from '../../packs/mutants.js';
import { countByAssessment } from '../../store/search.js';
import { article } from '../frame/markdown.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { briefPage } from './brief.js';
import { cataloguePage, catalogueView } from './catalogue.js';
import { contractPage, readOpenApi } from './contract.js';
import { overviewPage, overviewView } from './overview.js';
import { qualityPage, qualityView } from './checks.js';
import { assessmentHead, type AssessmentHead, type AssessmentTab } from './tabs.js';

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

const overview = route({
  ...one,
  path: '/assessments/:id',
  summary: 'One assessment: what it measures',
  async handle(context) {
    const pack = await packOf(context.deps, context.params.id);
    const { length } = await readMutants(pack.dir);
    const view = overviewView(pack, headOf(context, pack, 'overview'), length);
    sendPage(context.res, overviewPage({ title: pack.spec.title, viewer: viewerOf(context) }, view));
  },
});

const brief = route({
  ...one,
  path: '/assessments/:id/brief',
  summary: 'The brief that candidates get',
  async handle(context) {
    const pack = await packOf(context.deps, context.params.id);
    const text = await readBrief(pack);
    const view = { head: headOf(context, pack, 'brief'), brief: text === null ? null : article(text) };
    sendPage(
      context.res,
      briefPage({ title: `Brief of ${pack.spec.title}`, viewer: viewerOf(context) }, view),
    );
  },
});

const contract = route({
  ...one,
  path: '/assessments/:id/contract',
  summary: 'What a submission has to answer',
  async handle(context) {
    const pack = await packOf(context.deps, context.params.id);
    const text = await readContract(pack);
    const view = {
      head: headOf(context, pack, 'contract'),
      contract: text === null ? null : readOpenApi(text),
    };
    const title = `Contract of ${pack.spec.title}`;
    sendPage(context.res, contractPage({ title, viewer: viewerOf(context) }, view));
  },
});

const checks = route({
  ...one,
  path: '/assessments/:id/checks',
  summary: 'The hidden checks, and what proves each',
  async handle(context) {
    const pack = await packOf(context.deps, context.params.id);
    const view = qualityView(pack, headOf(context, pack, 'checks'), await readMutants(pack.dir));
    const title = `Checks of ${pack.spec.title}`;
    sendPage(context.res, qualityPage({ title, viewer: viewerOf(context) }, view));
  },
});

const starter = route({
  ...one,
  path: '/assessments/:id/starter.tar.gz',
  summary: 'What candidates begin from, with brief and contract',
  answers: { 200: { description: 'The archive.', type: 'application/gzip' } },
  async handle({ params, deps, res }) {
    const pack = await packOf(deps, params.id);
    const archive = await starterArchive(pack);
    res.attachment(`${pack.spec.id}-starter.tar.gz`).type('application/gzip').send(archive);
  },
});

const document = route({
  ...one,
  path: '/assessments/:id/openapi.yaml',
  summary: 'The contract as OpenAPI',
  answers: { 200: { description: 'The document.', type: 'application/yaml' } },
  async handle({ params, deps, res }) {
    const pack = await packOf(deps, params.id);
    const text = await readContract(pack);
    if (text === null) throw new AssayerError('assessmentMissing', { id: params.id });
    res.attachment(`${pack.spec.id}-openapi.yaml`).type('application/yaml').send(text);
  },
});

export const assessmentPages: readonly Route[] = [
  catalogue,
  overview,
  brief,
  contract,
  checks,
  starter,
  document,
];

const headOf = (
  { principal }: { readonly principal: Principal },
  pack: Pack,
  tab: AssessmentTab,
): AssessmentHead => assessmentHead(pack, tab, may(principal, ACCESS.submit));

async function packOf({ catalogue: packs }: ApiDeps, id: string): Promise<Pack> {
  const pack = await packs.find(id);
  if (pack) return pack;
  throw new AssayerError('assessmentMissing', { id });
}
