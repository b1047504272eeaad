import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Principal } from '../../accounts/principal.js';
import { may } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import { acceptGit, acceptUpload, formKey, gitRequest, uploadFields } from '../../api/accept.js';
import type { AcceptedSubmission, Sender } from '../../api/accept.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { parse, text } from '../../api/routing/validate.js';
import type { ApiDeps } from '../../api/types.js';
import type { Upload } from '../../api/upload.js';
import { AssayerError } from '../../errors.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { newPage, type NewView } from './new.js';

const fields = z.strictObject({
  key: formKey,
  assessment: text(100).default(''),
  candidate: text(200).default(''),
  gitUrl: text(2000).default(''),
  ref: text(200).default(''),
});
type Fields = z.output<typeof fields>;
type Typed = Omit<Fields, 'key'>;

const EMPTY: Typed = { assessment: '', candidate: '', gitUrl: '', ref: '' };

const show = route({
  method: 'get',
  path: '/submissions/new',
  summary: 'The form for a new submission',
  access: ACCESS.submit,
  pages: true,
  query: z.object({ assessment: text(100).default('') }),
  async handle(context) {
    const view = await formView(context, { ...EMPTY, ...context.query }, null);
    sendPage(context.res, newPage({ title: 'New submission', viewer: viewerOf(context) }, view));
  },
});

const create = route({
  method: 'post',
  path: '/submissions',
  summary: 'Submit an archive or a git URL by the form',
  access: ACCESS.submit,
  pages: true,
  body: { 'multipart/form-data': fields },
  async handle(context) {
    const { deps, actor, body, archive, res } = context;
    try {
      const { view } = await accept(deps, { actor, key: body.key, ofForm: true }, body, archive);
      res.redirect(303, `/submissions/${view.submission.id}`);
    } catch (error) {
      // What is ours is a problem page; what is the form's stands above the form.
      if (!(error instanceof AssayerError) || error.entry.status !== 422) throw error;
      const view = await formView(context, body, error.message);
      const title = 'New submission: not accepted';
      sendPage(res.status(422), newPage({ title, viewer: viewerOf(context) }, view));
    }
  },
});

export const createPages: readonly Route[] = [show, create];

function accept(
  deps: ApiDeps,
  sender: Sender,
  { gitUrl, ref, key: _, ...common }: Fields,
  archive: Upload['archive'],
): Promise<AcceptedSubmission> {
  if (archive && gitUrl !== '') throw choose('There is an archive and a git address.');
  if (archive) return acceptUpload(deps, sender, parse(uploadFields, common, 'body'), archive);
  if (gitUrl === '') throw choose('There is neither an archive nor a git address.');
  const request = { ...common, gitUrl, ref: ref === '' ? undefined : ref };
  return acceptGit(deps, sender, parse(gitRequest, request, 'body'));
}

const choose = (problem: string): AssayerError =>
  new AssayerError('bodyInvalid', { problem: `${problem} A submission is one of the two.` });

async function formView(
  { deps: { catalogue, config }, principal }: { readonly deps: ApiDeps; readonly principal: Principal },
  { assessment, candidate, gitUrl, ref }: Typed,
  problem: string | null,
): Promise<NewView> {
  const packs = await catalogue.list();
  return {
    candidate,
    gitUrl,
    ref,
    key: randomUUID(),
    assessments: packs.map(({ spec }) => ({
      value: spec.id,
      label: spec.title,
      selected: spec.id === assessment,
    })),
    maxMb: config.uploadMb,
    mayInvite: may(principal, ACCESS.manage),
    problem,
  };
}
