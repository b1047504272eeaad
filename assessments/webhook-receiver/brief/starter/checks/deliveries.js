// Makes deliveries as GitHub would.
import { createHmac, randomInt, randomUUID } from 'node:crypto';

export function mergedPullRequest({
  login = 'ada',
  repository = 'acme/uploader',
  number = 42,
  id = randomInt(1, 2 ** 40),
} = {}) {
  return {
    action: 'closed',
    pull_request: {
      id,
      number,
      title: 'Retry uploads that time out',
      html_url: `https://github.com/${repository}/pull/${number}`,
      merged: true,
      merged_at: '2026-03-14T09:26:53Z',
      user: { login, email: `${login}@example.com` },
    },
    repository: { full_name: repository },
  };
}

/** The headers of a delivery, signed over exactly this body. */
export function signed(body, { secret, event = 'pull_request', delivery = randomUUID() }) {
  return {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': delivery,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
}
