import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Pack } from '../../assessments/kit/index.js';
import { AssayerError } from '../errors.js';
import { takeIn } from '../intake/index.js';
import type { IdempotencyKey, NewSubmission, SubmissionView } from '../store/submissions.js';
import { acceptSubmission } from '../store/submissions.js';
import type { Upload } from './upload.js';
import type { ApiDeps } from './types.js';

const candidate = z.string().trim().max(200).optional();
const assessment = z.string().min(1).max(100);

/** The fields beside an uploaded archive. */
const uploadFields = z.strictObject({ assessment, candidate });
/** A submission that a worker fetches. */
const gitRequest = z.strictObject({
  gitUrl: z.url({ protocol: /^https$/ }).max(2000),
  ref: z
    .string()
    .regex(/^[\w][\w./-]{0,199}$/, 'is a branch, tag or commit')
    .optional(),
  assessment,
  candidate,
});

export interface AcceptedSubmission {
  readonly view: SubmissionView;
  /** True when this very request was accepted before. */
  readonly known: boolean;
}

type KeyOf = (fingerprint: string) => IdempotencyKey | null;

/** Takes an uploaded archive in and accepts it. A refused archive is an error that says why; nothing of it is kept. */
export async function acceptUpload(deps: ApiDeps, upload: Upload, keyOf: KeyOf): Promise<AcceptedSubmission> {
  const fields = valid(uploadFields, upload.fields);
  if (!upload.archive) {
    throw new AssayerError('bodyInvalid', { problem: 'The form has no file in the part named "archive".' });
  }
  const pack = await packOf(deps, fields.assessment);
  const taken = await takeIn(upload.archive.source, { blobsDir: join(deps.config.stateDir, 'blobs') });
  if (!taken.ok) throw new AssayerError('submissionRefused', { reason: taken.verdict.message });
  return accept(deps, keyOf, {
    ...common(pack, fields.candidate),
    source: { kind: 'upload', name: upload.archive.name.slice(0, 300) },
    archiveDigest: taken.value.digest,
  });
}

/** Accepts a git URL. It is fetched by a worker, so one that cannot be fetched ends in a scorecard that says so. */
export async function acceptGit(deps: ApiDeps, body: unknown, keyOf: KeyOf): Promise<AcceptedSubmission> {
  const request = valid(gitRequest, body);
  const pack = await packOf(deps, request.assessment);
  return accept(deps, keyOf, {
    ...common(pack, request.candidate),
    source: { kind: 'git', name: request.ref ? `${request.gitUrl}#${request.ref}` : request.gitUrl },
    archiveDigest: null,
  });
}

async function accept(deps: ApiDeps, keyOf: KeyOf, submission: NewSubmission): Promise<AcceptedSubmission> {
  const accepted = await acceptSubmission(deps.store, submission, keyOf(fingerprint(submission)));
  if (accepted.kind === 'keyReused') throw new AssayerError('idempotencyKeyReused', {});
  if (accepted.kind === 'accepted') deps.poke();
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
  { spec, digest }: Pack,
  name: string | undefined,
): Pick<NewSubmission, 'assessment' | 'candidate'> => ({
  assessment: { id: spec.id, version: spec.version, digest },
  candidate: name === undefined || name === '' ? null : name,
});

async function packOf({ catalogue }: ApiDeps, id: string): Promise<Pack> {
  const pack = await catalogue.find(id);
  if (pack) return pack;
  const known = (await catalogue.ids()).join(', ') || 'none';
  throw new AssayerError('assessmentUnknown', { id, known });
}

function valid<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.');
  const problem = `${field ? `The field ${field}` : 'The request'} is not valid: ${issue?.message ?? 'wrong value'}.`;
  throw new AssayerError('bodyInvalid', { problem });
}
