import { z } from 'zod';
import type { Merge } from '../proofs/types.js';
import { Problem } from './problem.js';

const object = <T extends z.ZodRawShape>(shape: T) => z.object(shape, 'must be an object');
const text = z.string('must be a text').min(1, 'must not be empty');
const positive = z.int('must be a whole number').min(1, 'must be at least 1');

/** The fields of a merged pull request that the contract asks for. `email` is checked, but never taken over. */
const mergedEvent = object({
  pull_request: object({
    id: positive,
    number: positive,
    title: text,
    html_url: text,
    merged_at: text,
    user: object({ login: text, email: z.string('must be a text').optional() }),
  }),
  repository: object({ full_name: text }),
});

/** What the event tells of a merge; null if it is about something else. Throws a 422 that names each field at fault. */
export function mergeFrom(event: string, payload: unknown): Merge | null {
  if (event !== 'pull_request' || !isMerged(payload)) return null;
  const result = mergedEvent.safeParse(payload);
  if (!result.success) throw unusable(result.error.issues);
  const { pull_request: pull, repository } = result.data;
  return {
    contributor: pull.user.login,
    repository: repository.full_name,
    pullRequest: { id: pull.id, number: pull.number, title: pull.title, url: pull.html_url },
    mergedAt: pull.merged_at,
  };
}

function isMerged(payload: unknown): boolean {
  const event = payload as { action?: unknown; pull_request?: { merged?: unknown } | null } | null;
  return event?.action === 'closed' && event.pull_request?.merged === true;
}

function unusable(issues: readonly z.core.$ZodIssue[]): Problem {
  const errors = issues.map(({ path, message }) => ({ field: path.join('.'), reason: message }));
  return new Problem(422, 'The merged pull request lacks fields that are needed.', { errors });
}
