import { createHmac } from 'node:crypto';
import type { LoadInput, LoadStep, Random } from 'assayer/kit';

/** What real deliveries carry beside the fields that count, now and then a lot of it. */
const LARGE_TEXT = 'x'.repeat(96 * 1024);

/** A merged pull request event of this contributor, new on each call. */
export function aMerge(random: Random, login: string, isLarge = false): object {
  const repository = `${random.name()}/${random.name()}`;
  const number = random.int(1, 90_000);
  return {
    action: 'closed',
    pull_request: {
      id: random.int(1_000_000, 2 ** 45),
      number,
      title: random.words(6),
      html_url: `https://github.com/${repository}/pull/${number}`,
      merged: true,
      merged_at: '2026-03-14T09:26:53Z',
      user: { login, email: `${random.id(12)}@${random.id(6)}.example` },
      ...(isLarge && { body: LARGE_TEXT }),
    },
    repository: { full_name: repository },
  };
}

/** The event as a signed delivery with an id of its own. */
export function delivery(
  { random, env }: LoadInput,
  event: object,
  onProof: (proofId: string) => void = () => undefined,
): LoadStep {
  const body = JSON.stringify(event);
  const signature = createHmac('sha256', env['GITHUB_WEBHOOK_SECRET'] ?? '')
    .update(body)
    .digest('hex');
  return {
    method: 'POST',
    path: '/api/v1/webhooks/github',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': random.uuid(),
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body,
    keep: true,
    right(text) {
      const proofId = proofIdOf(text);
      if (proofId !== null) onProof(proofId);
      return proofId !== null;
    },
  };
}

/** A page of a list; each of its items must be as `fits` says, and their ids as `allows` does. */
export function page(
  path: string,
  limit: number,
  fits: (item: Item) => boolean = () => true,
  allows: (ids: readonly string[]) => boolean = () => true,
): LoadStep {
  return {
    method: 'GET',
    path,
    right(text) {
      const items = itemsOf(text);
      if (items === null || items.length > limit) return false;
      return items.every((item) => hasId(item) && fits(item)) && allows(items.map(({ id }) => String(id)));
    },
  };
}

export interface Item {
  readonly id?: unknown;
  readonly contributor?: unknown;
  readonly status?: unknown;
}

const hasId = ({ id }: Item): boolean => typeof id === 'string' && id !== '';

/** Null for what is not a page of objects. */
export function itemsOf(text: string): readonly Item[] | null {
  const { items } = parse(text);
  return Array.isArray(items) && items.every(isItem) ? items : null;
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

/** Null for what is no answer to a delivery of a merge. */
export function proofIdOf(text: string): string | null {
  const { proofId } = parse(text);
  return typeof proofId === 'string' && proofId !== '' ? proofId : null;
}

export function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
