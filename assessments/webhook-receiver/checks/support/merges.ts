import type { Random } from 'assayer/kit';

/** The facts of a merged pull request that the service has to carry on. */
export interface Merge {
  readonly pullId: number;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly mergedAt: string;
  readonly login: string;
  readonly email: string;
  readonly repository: string;
}

/** A merge that no other check has; `over` fixes some of its facts. */
export function aMerge(random: Random, over: Partial<Merge> = {}): Merge {
  const login = over.login ?? random.name();
  const repository = over.repository ?? `${random.name()}/${random.name()}`;
  const number = over.number ?? random.int(1, 90_000);
  return {
    pullId: random.int(1_000_000, 2 ** 45),
    title: random.words(5),
    url: `https://github.com/${repository}/pull/${number}`,
    mergedAt: `20${random.int(20, 25)}-0${random.int(1, 9)}-1${random.int(0, 9)}T0${random.int(0, 9)}:26:53Z`,
    email: `${random.id(14)}@${random.id(8)}.example`,
    ...over,
    login,
    repository,
    number,
  };
}

/** The event as GitHub sends it, with some of the many fields that nobody reads. */
export function eventOf(merge: Merge, pull: Readonly<Record<string, unknown>> = {}, action = 'closed') {
  return {
    action,
    number: merge.number,
    pull_request: {
      id: merge.pullId,
      number: merge.number,
      state: 'closed',
      title: merge.title,
      html_url: merge.url,
      merged: true,
      merged_at: merge.mergedAt,
      user: { login: merge.login, id: merge.pullId % 9973, email: merge.email, type: 'User' },
      labels: [],
      ...pull,
    },
    repository: { id: merge.number + 7, full_name: merge.repository, private: false },
    sender: { login: merge.login },
  };
}
