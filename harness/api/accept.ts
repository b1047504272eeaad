import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Pack } from '../../assessments/kit/index.js';
import type { Actor } from '../accounts/principal.js';
import { hasOtherMachines, shareArchive } from '../archives.js';
import { wantedPack } from '../catalogue.js';
import { AssayerError } from '../errors.js';
import { takeIn } from '../intake/index.js';
import type { Accepted, IdempotencyKey, NewSubmission, SubmissionView } from '../store/submissions.js';
import { acceptSubmission } from '../store/submissions.js';
import { text } from './routing/validate.js';
import type { Upload } from './upload.js';
import type { ApiDeps } from './types.js';

/** What a form sends with what it submits. */
export const formKey = z.string().regex(/^[\w-]{1,100}$/);
const candidate = text(200).optional();
const assessment = z.string().min(1).max(100);

/** The fields beside an uploaded archive. */
export const uploadFields = z.strictObject({ assessment, candidate });
/** A submission that a worker fetches. */
export const gitRequest = z.strictObject({
  gitUrl: z
    .url({
      protocol: /^https$/,
      error: 'it is no https address, such as https://git.example.org/ada/repo.git',
    })
    .max(2000)
    .refine((url) => !url.includes('\0'), 'holds a NUL character'),
  ref: z
    .string()
    .regex(/^[\w][\w./-]{0,199}$/, 'it is no branch, tag or commit')
    .optional(),
  assessment,
  candidate,
});

export interface AcceptedSubmission {
  readonly view: SubmissionView;
  /** True when this very request was accepted before. */
  readonly known: boolean;
}

/** On whose account, and under which Idempotency-Key, if any. */
export interface Sender {
  readonly actor: Actor;
  readonly key: string | null;
  /**
   * The key stands in a form. A second click sends it again, and so does who goes back in the browser to hand in something
   * else: with other content it is another submission.
   */
  readonly ofForm?: true;
  /** Accepts it in another way than the team does: an invite has a deadline and a quota. */
  readonly enter?: (submission: NewSubmission, key: IdempotencyKey | null) => Promise<Accepted>;
}

/** Takes an uploaded archive in and accepts it. A refused archive is an error that says why; nothing of it is kept. */
export async function acceptUpload(
  deps: ApiDeps,
  sender: Sender,
  fields: z.output<typeof uploadFields>,
  archive: Upload['archive'],
): Promise<AcceptedSubmission> {
  if (!archive) {
    throw new AssayerError('bodyInvalid', { problem: 'The form has no file in the part named "archive".' });
  }
  const pack = await wantedPack(deps.catalogue, fields.assessment);
  const blobsDir = join(deps.config.stateDir, 'blobs');
  const taken = await takeIn(archive.source, { blobsDir });
  if (!taken.ok) throw new AssayerError('submissionRefused', { reason: taken.verdict.message });
  if (hasOtherMachines(deps.config)) await shareArchive({ ...deps, blobsDir }, taken.value.digest);
  return accept(deps, sender, {
    ...common(sender, pack, fields.candidate),
    source: { kind: 'upload', name: archive.name.replaceAll('\0', '').slice(0, 300) },
    archiveDigest: taken.value.digest,
  });
}

/** Accepts a git URL. It is fetched by a worker, so one that cannot be fetched ends in a scorecard that says so. */
export async function acceptGit(
  deps: ApiDeps,
  sender: Sender,
  request: z.output<typeof gitRequest>,
): Promise<AcceptedSubmission> {
  const pack = await wantedPack(deps.catalogue, request.assessment);
  return accept(deps, sender, {
    ...common(sender, pack, request.candidate),
    source: { kind: 'git', name: request.ref ? `${request.gitUrl}#${request.ref}` : request.gitUrl },
    archiveDigest: null,
  });
}

async function accept(
  { store, poke, tracing }: ApiDeps,
  { actor, key, ofForm, enter }: Sender,
  sent: NewSubmission,
): Promise<AcceptedSubmission> {
  const submission = { ...sent, trace: tracing?.current() ?? null };
  const print = fingerprint(submission);
  const used =
    key === null ? null : { principal: actor.id, key: ofForm ? `${key}-${print}` : key, fingerprint: print };
  const accepted = await (enter
    ? enter(submission, used)
    : acceptSubmission(store, actor.organisation, submission, used));
  if (accepted.kind === 'keyReused') throw new AssayerError('idempotencyKeyReused', {});
  if (accepted.kind === 'accepted') poke.runs();
  return { view: accepted.view, known: accepted.kind === 'known' };
}

/** What makes two requests the same submission. The name of the file does not. */
function fingerprint({ assessment: { id }, source, archiveDigest, candidate: name }: NewSubmission): string {
  const what = archiveDigest ?? source.name;
  return createHash('sha256')
    .update(JSON.stringify([id, what, name]))
    .digest('hex');
}

const common = (
  { actor }: Sender,
  { spec, digest }: Pack,
  name: string | undefined,
): Pick<NewSubmission, 'submittedBy' | 'assessment' | 'candidate'> => ({
  submittedBy: actor.id,
  assessment: { id: spec.id, version: spec.version, digest },
  candidate: name === undefined || name === '' ? null : name,
});
