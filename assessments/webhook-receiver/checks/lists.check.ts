import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import { failing, registry } from './support/registry.js';
import { accept, proofsOf, settled, type Page } from './support/service.js';

const lists = { topic: 'T4', practice: '4.5', dimension: 'correctness' } as const;

check(
  {
    ...lists,
    id: 'lists-filtered',
    title: 'Lists are filtered and newest first',
    level: 'junior',
    points: 2,
    why: "A profile shows one person's latest work. A filter that matches loosely shows the work of somebody else.",
    remedy: 'Compare contributor exactly and status by value, and keep the order of arrival.',
    questions: [
      {
        ask: 'What is newest first if two proofs have the same createdAt?',
        listenFor:
          'A tie-breaker that never changes: a sequence or the id; otherwise order, and pages with it, jump.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.unshift((await accept(t, { login })).proofId);
    for (const id of made) await settled(t, id, 'minted');
    await accept(t, { login: `${login}x` });
    registry(t).script(failing(login, { fault: 'hang' }));
    const pending = (await accept(t, { login })).proofId;

    mustBe(await idsOf(t, `contributor=${login}`), [pending, ...made], 'the proofs of one contributor');
    mustBe(await idsOf(t, `contributor=${login}&status=minted`), made, 'the minted ones');
    mustBe(await idsOf(t, `contributor=${login}&status=pending`), [pending], 'the pending one');
    const credentials = await t.http.get(`/api/v1/credentials?contributor=${login}`);
    expectStatus(credentials, 200, 'the credentials of one contributor');
    const owners = credentials.json<Page<{ proofId: string }>>().items?.map(({ proofId }) => proofId) ?? [];
    mustBe([...owners].sort(), [...made].sort(), 'their credentials');
  },
);

check(
  {
    ...lists,
    id: 'pages-stable',
    title: 'Pages stay in step while new proofs arrive',
    level: 'mid',
    points: 3,
    why: 'With offsets, each arrival shifts all later pages: readers see some proofs twice and others never.',
    remedy:
      'Let the cursor name the last item seen (its place in the order), and continue strictly after it.',
    questions: [
      {
        ask: 'Why an opaque cursor and not page=3?',
        listenFor:
          'Stability under insertion, cost of large offsets, freedom to change the order key; the price: no jumping to a page.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.unshift((await accept(t, { login })).proofId);
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null && sizes.length < 10) {
      const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<{ id: string }> = await proofsOf(t, `contributor=${login}&limit=3${more}`);
      seen.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      cursor = page.nextCursor;
      if (cursor !== null) await accept(t, { login });
    }
    mustBe(seen, made, 'what the pages showed while new proofs arrived');
    must(sizes.join() === '3,3,1', 'pages were not as long as asked', {
      expected: '3, 3, 1',
      observed: sizes.join(', '),
    });
  },
);

check(
  {
    ...lists,
    id: 'conditional-get',
    title: 'A proof has an ETag, and asking with it gives 304 until the proof changes',
    level: 'mid',
    points: 2,
    why: 'Dashboards ask again and again. A 304 costs neither body nor rendering; a tag that does not change shows stale proofs.',
    remedy: 'Derive the ETag from the representation and compare If-None-Match before answering.',
    questions: [
      {
        ask: 'Strong or weak ETags: does it matter here, with compression in play?',
        listenFor:
          'A strong tag promises the same bytes; compressed variants differ, so weak, or one tag for each encoding.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { fault: 'hang' }));
    const { proofId } = await accept(t, { login });
    const path = `/api/v1/proofs/${proofId}`;
    const pending = await t.http.get(path);
    const tag = pending.headers['etag'];
    must(tag, 'a proof had no ETag');
    const same = await t.http.get(path, { headers: { 'if-none-match': tag } });
    expectStatus(same, 304, 'asking with the current tag');
    must(same.text === '', 'a 304 had a body');

    registry(t).reset();
    await settled(t, proofId, 'minted', 8000);
    const changed = await t.http.get(path, { headers: { 'if-none-match': tag } });
    expectStatus(changed, 200, 'asking with the tag from before the change');
    must(changed.headers['etag'] !== tag, 'the tag stayed the same though the proof had changed', {
      observed: changed.headers['etag'] ?? 'none',
    });
  },
);

async function idsOf(t: CheckContext, query: string): Promise<string[]> {
  return (await proofsOf(t, query)).items.map(({ id }) => id);
}

function mustBe(seen: readonly string[], expected: readonly string[], what: string): void {
  must(seen.join() === expected.join(), `${what}: not complete, or not in order`, {
    expected: expected.join(', '),
    observed: seen.join(', '),
  });
}
