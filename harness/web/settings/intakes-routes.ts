import { z } from 'zod';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS } from '../../accounts/roles.js';
import { originOf } from '../../api/origin.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import type { MadeIntake } from '../../hooks/intake.js';
import { dropIntake, makeIntake } from '../../hooks/intake.js';
import { listIntakes } from '../../store/intakes.js';
import { sendPage } from '../frame/page.js';
import { intakesPage, intakesView } from './intakes.js';
import { settingsFrame } from './tabs.js';

const PATH = '/settings/intakes';
const page = { access: ACCESS.admin, pages: true } as const;

const show = route({
  ...page,
  method: 'get',
  path: PATH,
  summary: 'Webhooks of GitHub, by which a push becomes a submission',
  query: z.object({ done: z.string().optional() }),
  handle: (context) => render(context, null, context.query.done),
});

const create = route({
  ...page,
  method: 'post',
  path: PATH,
  summary: 'Have pushes graded',
  body: { 'application/x-www-form-urlencoded': z.object({ assessment: z.string().min(1).max(100) }) },
  errors: ['assessmentUnknown'],
  async handle(context) {
    const made = await makeIntake(context.deps, context.actor, context.body.assessment);
    context.res.status(201);
    await render(context, made);
  },
});

const remove = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/delete`,
  summary: 'Take no more pushes',
  errors: ['hookUnknown'],
  async handle({ actor, params, deps, res }) {
    if (!(await dropIntake(deps.store, actor, params.id))) {
      throw new AssayerError('hookUnknown', { id: params.id });
    }
    res.redirect(303, `${PATH}?done=refused`);
  },
});

export const intakePages: readonly Route[] = [show, create, remove];

type Ours = Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'req' | 'res'>;

async function render(context: Ours, made: MadeIntake | null, done?: string): Promise<void> {
  const { deps, principal, req, res } = context;
  const [intakes, packs] = await Promise.all([
    listIntakes(deps.store, principal.organisation),
    deps.catalogue.list(),
  ]);
  const assessments = packs.map(({ spec }) => spec);
  const view = intakesView({ intakes, assessments, made, origin: originOf(req, deps.config) });
  sendPage(res, intakesPage(settingsFrame(context, 'intakes', done), view));
}
