import { expect, test } from '@jest/globals';
import { seededRandom, type LoadStep } from '../../../assessments/kit/index.js';
import mixed from '../../../assessments/webhook-receiver/load/mixed.load.js';

interface Proof {
  readonly id: string;
  readonly contributor: string;
  readonly status: 'minted';
}

/** A service that does all as it should, but what `cheat` answers in its place. */
function service(cheat: (step: LoadStep, proofs: readonly Proof[]) => unknown = () => undefined) {
  const proofs: Proof[] = [];
  const byPull = new Map<number, Proof>();
  return (step: LoadStep): string => {
    const honest = step.method === 'POST' ? take(String(step.body)) : read(new URL(step.path, 'http://it'));
    return JSON.stringify(cheat(step, proofs) ?? honest);
  };

  function take(body: string): object {
    const { pull_request: pull } = JSON.parse(body) as {
      pull_request: { id: number; user: { login: string } };
    };
    let proof = byPull.get(pull.id);
    if (!proof) {
      proof = { id: `prf-${proofs.length}`, contributor: pull.user.login, status: 'minted' };
      byPull.set(pull.id, proof);
      proofs.unshift(proof);
    }
    return { proofId: proof.id };
  }

  function read({ pathname, searchParams }: URL): object {
    if (pathname !== '/api/v1/proofs') return pathname.endsWith('/issuer') ? { id: 'us' } : { items: [] };
    const whose = searchParams.get('contributor');
    const theirs = proofs.filter(({ contributor }) => whose === null || contributor === whose);
    return { items: theirs.slice(0, Number(searchParams.get('limit') ?? 20)) };
  }
}

/** Sends so many steps, `atOnce` of them answered in any order; the share of right answers. `lost`: nobody hears the answer. */
function load(
  answer: (step: LoadStep) => string,
  lost: (turn: number) => boolean = () => false,
  atOnce = 10,
) {
  const random = seededRandom('mixed');
  const steps = mixed.requests({ random, env: { GITHUB_WEBHOOK_SECRET: 'secret' } });
  const wrong: number[] = [];
  const heard = 12_000;
  for (let from = 0; from < heard; from += atOnce) {
    const turns = Array.from({ length: atOnce }, (_, index) => from + index);
    const answered = turns.map((turn) => {
      const step = steps[turn % steps.length] as LoadStep;
      return { turn, step, text: answer(step), order: random.int(0, 1e6) };
    });
    for (const { turn, step, text } of answered.sort((a, b) => a.order - b.order))
      if (!lost(turn) && step.right?.(text) === false) wrong.push(turn);
  }
  return wrong.length / heard;
}

test('a service that does as it should is right, however its answers overtake each other', () => {
  expect(load(service())).toBe(0);
  expect(load(service(), () => false, 128)).toBe(0);
});

test('so is one of whose answers many were lost in an overload', () => {
  expect(load(service(), (turn) => turn > 5000 && turn < 7000)).toBe(0);
  expect(load(service(), (turn) => turn > 7500 && turn < 9500)).toBe(0);
});

const lists = (items: (proofs: readonly Proof[], whose: string) => unknown[]) =>
  load(
    service(({ method, path }, proofs) => {
      const url = new URL(path, 'http://it');
      if (method === 'POST' || url.pathname !== '/api/v1/proofs') return undefined;
      return { items: items(proofs, url.searchParams.get('contributor') ?? 'somebody') };
    }),
  );

test('a service that shows empty, short or invented lists is wrong', () => {
  expect(lists(() => [])).toBeGreaterThan(0.3);
  expect(
    lists((proofs, whose) => proofs.filter(({ contributor }) => contributor === whose).slice(0, 1)),
  ).toBeGreaterThan(0.3);
  const invented = (whose: string): object[] =>
    Array.from({ length: 5 }, (_, index) => ({ id: `x${index}`, contributor: whose, status: 'minted' }));
  expect(lists((_, whose) => invented(whose))).toBeGreaterThan(0.3);
});
