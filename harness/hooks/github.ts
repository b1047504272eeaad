import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Whether these very bytes were signed with the secret, as GitHub says in X-Hub-Signature-256. */
export function signatureHolds(secret: string, bytes: Buffer, header: string | undefined): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), Buffer.from(given, 'hex'));
}

/** Whoever signs may be a candidate, and the database holds no NUL. */
const NO_NUL = /^[^\0]*$/;

const push = z.object({
  ref: z.string(),
  after: z.string().regex(/^[0-9a-f]{40}$/),
  deleted: z.boolean().optional(),
  repository: z.object({
    full_name: z.string().max(200).regex(NO_NUL),
    clone_url: z
      .url({ protocol: /^https$/ })
      .max(1000)
      .regex(NO_NUL),
    default_branch: z.string(),
  }),
});

/** What a message asks for: a commit to grade, or nothing, and why. */
export type Pushed =
  | { readonly kind: 'commit'; readonly gitUrl: string; readonly ref: string; readonly candidate: string }
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'unreadable' };

/** Pushes to the default branch count; everything else that a code host likes to tell is taken and left. */
export function readPush(event: string, bytes: Buffer): Pushed {
  if (event !== 'push')
    return { kind: 'nothing', reason: `Messages of the kind "${event}" ask for nothing.` };
  const parsed = push.safeParse(parseJson(bytes));
  if (!parsed.success) return { kind: 'unreadable' };
  const { ref, after, deleted, repository } = parsed.data;
  if (deleted || /^0+$/.test(after)) return { kind: 'nothing', reason: 'The branch was deleted.' };
  if (ref !== `refs/heads/${repository.default_branch}`) {
    return { kind: 'nothing', reason: 'Only pushes to the default branch are graded.' };
  }
  return { kind: 'commit', gitUrl: repository.clone_url, ref: after, candidate: repository.full_name };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
