import { check, expectStatus, must } from 'assayer/kit';
import { entryOf, entryThat, outputOf } from './support/logs.js';
import { aMerge, eventOf } from './support/merges.js';
import { failing, mintBody, mintsSeen, registry } from './support/registry.js';
import { accept, deliver, proofIdOf, secretOf, settled, WEBHOOK } from './support/service.js';

const logs = { topic: 'T7', dimension: 'correctness' } as const;

check(
  {
    ...logs,
    practice: '7.1',
    id: 'logs-structured',
    title: 'Each request leaves one JSON line with what is needed to find it',
    level: 'junior',
    points: 2,
    why: 'Logs are read by machines first. A line that is not JSON is lost to search, dashboards and alerts.',
    remedy:
      'Log with a JSON logger to standard output only, one line for each finished request, and no console.log beside it.',
    questions: [
      {
        ask: 'Which fields would you want on every line at three in the morning?',
        listenFor:
          'Time, level, message, request id, route, status, duration; consistent names; no free text that has to be parsed.',
      },
    ],
  },
  async (t) => {
    const requestId = `log-${t.random.id(16)}`;
    const path = `/api/v1/proofs/${t.random.id(20)}`;
    expectStatus(await t.http.get(path, { headers: { 'x-request-id': requestId } }), 404, 'an unknown proof');
    const entry = await entryThat(
      t,
      (item) => item['requestId'] === requestId && item['status'] !== undefined,
    );
    must(entry, 'a finished request left no line with its requestId and status');
    must(
      entry['method'] === 'GET' && entry['status'] === 404 && entry['path'] === path,
      'the line did not say what request it was',
      {
        expected: `GET ${path} 404`,
        observed: JSON.stringify(entry).slice(0, 300),
      },
    );
    for (const field of ['time', 'level', 'msg'])
      must(entry[field] !== undefined, `the line had no ${field}`);
    const others = (await outputOf(t)).filter((line) => entryOf(line) === null);
    t.cite({ kind: 'log', label: 'Lines that are not JSON', lines: others.map(({ text }) => text) });
    must(others.length === 0, 'a line of output was no JSON object', {
      expected: 'JSON objects alone',
      observed: others[0]?.text.slice(0, 200) ?? '',
    });
  },
);

check(
  {
    ...logs,
    practice: '7.1',
    id: 'logs-follow-mint',
    title: 'What happens to a mint can be followed by the request id of its delivery',
    level: 'mid',
    points: 2,
    why: 'The interesting part happens after the request has ended. Without its id there, the trail ends at the 202.',
    remedy:
      'Give the mint a child logger with the requestId of its delivery, and log each failed attempt with it.',
    questions: [
      {
        ask: 'What do you log at info, warn and error, and who is woken by which?',
        listenFor:
          'A failed attempt is expected (warn at most), giving up needs a person; levels by who has to act.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { times: 1 }));
    const requestId = `mint-${t.random.id(16)}`;
    const { proofId } = await accept(t, { login }, { headers: { 'x-request-id': requestId } });
    await settled(t, proofId, 'minted', 9000);
    const entry = await entryThat(t, (item) => item['requestId'] === requestId && item['path'] !== WEBHOOK);
    must(entry, 'no line about the mint carried the requestId of its delivery');
    t.cite({ kind: 'log', label: 'A line about the mint', lines: [JSON.stringify(entry)] });
  },
);

check(
  {
    ...logs,
    practice: '7.4',
    dimension: 'security',
    id: 'logs-keep-secrets',
    title: 'Neither secrets nor the e-mail address of an author reach the log',
    level: 'junior',
    points: 3,
    why: 'Logs are copied to many places and kept for years. Personal data there is a breach waiting to be found, and a secret there is spent.',
    remedy:
      'Log chosen fields instead of whole payloads, headers or error objects; redact by name as a second line of defence.',
    questions: [
      {
        ask: 'Redaction by a list of field names: why is that not enough?',
        listenFor:
          'Values inside messages, errors and URLs escape it; new fields do too; an allow-list of what is logged is safer.',
      },
    ],
  },
  async (t) => {
    const requestId = `quiet-${t.random.id(16)}`;
    const merges = [0, 1, 2, 3].map(() => aMerge(t.random));
    const [good, bad, forged, broken] = merges.map((merge) => eventOf(merge));
    const headers = { 'x-request-id': requestId };
    registry(t).script(failing(merges[0]?.login ?? '', { times: 1 }));
    const proofId = proofIdOf(await deliver(t, good, { headers }), 202, 'accepted', 'a merge');
    expectStatus(
      await deliver(t, { ...bad, repository: {} }, { headers }),
      422,
      'a merge without a repository',
    );
    expectStatus(
      await deliver(t, forged, { secret: t.random.hex(8) }),
      401,
      'a merge with a wrong signature',
    );
    expectStatus(await deliver(t, JSON.stringify(broken).slice(0, -1)), 400, 'a merge cut short');
    await settled(t, proofId, 'minted', 9000);
    must(await entryThat(t, (item) => item['requestId'] === requestId), 'the requests were not in the log');

    const text = (await t.service.logs()).map((line) => line.text).join('\n');
    const planted = {
      'the webhook secret': secretOf(t),
      "the registry's token": t.service.env['REGISTRY_TOKEN'] ?? '',
      ...Object.fromEntries(merges.map(({ email }, i) => [`e-mail address ${i + 1}`, email])),
    };
    for (const [name, value] of Object.entries(planted))
      must(!text.includes(value), `${name} was in the log`);
  },
);

check(
  {
    ...logs,
    practice: '7.4',
    dimension: 'security',
    id: 'email-goes-nowhere',
    title: 'The e-mail address of an author is neither returned nor passed on',
    level: 'junior',
    points: 2,
    why: 'Data that we have no use for can only do harm: what is spread to a partner or a browser cannot be called back.',
    remedy:
      'Copy the needed fields out of the payload by name, and send the registry exactly the five fields agreed.',
    questions: [
      {
        ask: 'A partner asks for the e-mail address "just in case". What do you say?',
        listenFor:
          'Purpose and legal basis first, minimal data, consent and deletion; a technical yes is not a decision.',
      },
    ],
  },
  async (t) => {
    const { merge, proofId } = await accept(t);
    const { credentialId } = await settled(t, proofId, 'minted');
    const shown = [
      await t.http.get(`/api/v1/proofs/${proofId}`),
      await t.http.get(`/api/v1/proofs?contributor=${merge.login}`),
      await t.http.get(`/api/v1/credentials/${credentialId}`),
    ];
    for (const response of shown) {
      expectStatus(response, 200, 'reading what was made');
      must(!response.text.includes(merge.email), 'the address was in an answer');
    }
    const [call] = await mintsSeen(t, merge.login, 1);
    const sent = call ? Object.keys(mintBody(call)).sort().join(', ') : '';
    const agreed = 'contributor, mergedAt, proofId, pullRequestUrl, repository';
    must(sent === agreed, 'the registry did not get the fields agreed and nothing else', {
      expected: agreed,
      observed: sent,
    });
  },
);
