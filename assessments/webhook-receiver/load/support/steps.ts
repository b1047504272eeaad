import { createHmac } from 'node:crypto';
import type { LoadInput, LoadStep, Random } from 'assayer/kit';

/** A merged pull request event of this contributor, new on each call. */
export function aMerge(random: Random, login: string): object {
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
    },
    repository: { full_name: repository },
  };
}

/** The event as a signed delivery with an id of its own. */
export function delivery({ random, env }: LoadInput, event: object): LoadStep {
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
  };
}

export const contributors = (random: Random, count: number): string[] =>
  Array.from({ length: count }, () => random.name());

/** Deliveries by fifty people, all of different pull requests. */
export function deliverySteps(input: LoadInput, count: number): LoadStep[] {
  const people = contributors(input.random, 50);
  return Array.from({ length: count }, () =>
    delivery(input, aMerge(input.random, input.random.pick(people))),
  );
}
