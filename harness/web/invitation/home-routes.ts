import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { acceptGit, acceptUpload, formKey, gitRequest, type Sender } from '../../api/accept.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { parse, text } from '../../api/routing/validate.js';
import { AssayerError } from '../../errors.js';
import { entrance, openingOf } from '../../review/hand-in.js';
import { listEntries } from '../../store/own-submissions.js';
import { sendPage } from '../frame/page.js';
import type { Guest } from './guest.js';
import { guestOf } from './guest.js';
import { homePage, homeView } from './views.js';

const fields = z.object({
  key: formKey,
  gitUrl: text(2000).default(''),
  ref: text(200).default(''),
});

const show = route({
  method: 'get',
  path: '/invitation',
  summary: 'Where a candidate hands in, and sees what was handed in',
  access: 'public',
  pages: true,
  errors: ['inviteNeeded', 'assessmentUnknown'],
  handle: async (context) => render(context, await guestOf(context), { gitUrl: '', ref: '' }, null),
});

const handIn = route({
  method: 'post',
  path: '/invitation/submissions',
  summary: 'Hand in an archive or a git URL as a candidate',
  access: 'public',
  pages: true,
  body: { 'multipart/form-data': fields },
  errors: ['inviteNeeded', 'assessmentUnknown'],
  async handle(context) {
    const { body, res } = context;
    const guest = await guestOf(context);
    try {
      const submission = await accept(context, guest);
      res.redirect(303, `/invitation/submissions/${submission}`);
    } catch (error) {
      // What is ours is a problem page; what can be mended stands above the form.
      if (!(error instanceof AssayerError) || ![409, 422].includes(error.entry.status)) throw error;
      await render({ ...context, res: res.status(error.entry.status) }, guest, body, error.message);
    }
  },
});

export const homeRoutes: readonly Route[] = [show, handIn];

type Typed = Pick<z.output<typeof fields>, 'gitUrl' | 'ref'>;

async function accept(
  {
    deps,
    body,
    archive,
    req,
  }: Pick<Context<'public', unknown, unknown, z.output<typeof fields>>, 'deps' | 'body' | 'archive' | 'req'>,
  { invite, actor }: Guest,
): Promise<string> {
  const arrivedAt = req.res?.locals.arrivedAt ?? new Date();
  const enter = entrance(deps.store, invite, arrivedAt);
  const sender: Sender = { actor, key: body.key, ofForm: true, enter };
  const { assessment } = invite;
  if (archive && body.gitUrl !== '') throw choose('There is an archive and a git address.');
  if (archive) return (await acceptUpload(deps, sender, { assessment }, archive)).view.submission.id;
  if (body.gitUrl === '') throw choose('There is neither an archive nor a git address.');
  const git = { assessment, gitUrl: body.gitUrl, ref: body.ref === '' ? undefined : body.ref };
  return (await acceptGit(deps, sender, parse(gitRequest, git, 'body'))).view.submission.id;
}

const choose = (problem: string): AssayerError =>
  new AssayerError('bodyInvalid', { problem: `${problem} Hand in one of the two.` });

async function render(
  { deps, res, csrf }: Pick<Context<'public'>, 'deps' | 'res' | 'csrf'>,
  { invite, pack }: Guest,
  { gitUrl, ref }: Typed,
  problem: string | null,
): Promise<void> {
  const form = { csrf: csrf(), key: randomUUID(), gitUrl, ref, maxMb: deps.config.uploadMb, problem };
  const [opening, entries] = await Promise.all([
    openingOf(deps.store, invite, new Date()),
    listEntries(deps.store, invite),
  ]);
  sendPage(res, homePage({ title: pack.spec.title }, homeView({ invite, pack, opening, entries, form })));
}
