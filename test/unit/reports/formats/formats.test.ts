import { describe, expect, test } from '@jest/globals';
import pc from 'picocolors';
import {
  toCsv,
  toJson,
  toJunit,
  toMarkdown,
  toSarif,
  toTerminal,
} from '../../../../reports/formats/index.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';
import { HOSTILE, hostileScorecard } from '../hostile.js';

const card = goldenScorecard();
const all = { toCsv, toJson, toJunit, toMarkdown, toSarif, toTerminal };

describe.each(Object.entries(all))('%s', (_name, format) => {
  test('gives the same text each time', () => {
    expect(format(card)).toBe(format(structuredClone(card)));
  });

  test('lets nothing through that cannot be seen', () => {
    expect(format(hostileScorecard())).not.toMatch(/[^\P{Cc}\n\r]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  });
});

describe('json', () => {
  test('does not depend on the order of keys, and reads back as the same scorecard', () => {
    const { checks, ...rest } = card;
    const shuffled = { ...Object.fromEntries(Object.entries(rest).reverse()), checks } as typeof card;
    expect(toJson(shuffled)).toBe(toJson(card));
    expect(JSON.parse(toJson(card))).toEqual(JSON.parse(JSON.stringify(card)));
  });

  test('keeps the value of what it escapes', () => {
    expect(JSON.parse(toJson(hostileScorecard()))).toEqual(JSON.parse(JSON.stringify(hostileScorecard())));
  });

  test('begins with the version of its schema', () => {
    expect(toJson(card)).toMatch(/^\{\n {2}"schemaVersion": "1\.0",\n {2}"status": "graded"/);
  });
});

describe('junit', () => {
  const xml = toJunit(card);

  test('counts failures as the candidate’s, errors as ours, and skips what has no say', () => {
    expect(xml).toContain(`tests="${card.checks.length}" failures="9" errors="1" skipped="2"`);
    expect(xml).toMatch(
      /<testsuite name="T1 Event-driven[^>]* tests="14" failures="4" errors="0" skipped="0" time="[\d.]+" timestamp="2026-11-22T09:15:08">/,
    );
  });

  test('says a failure in the text too, where GitLab looks for it', () => {
    const failure =
      /<testcase classname="webhook-receiver\.T10" name="\/healthz answers quickly[^>]*><failure message="([^"]+)" type="event-loop-free">([^<]+)</.exec(
        xml,
      );
    expect(failure?.[1]).toBe('While 24 commitments were being computed, /healthz took up to 1840 ms.');
    expect(failure?.[2]).toContain(
      'Expected: slowest /healthz at most 300 ms\nObserved: 1840 ms\nPoints: 0 of 3',
    );
  });

  test('puts the verdict in front', () => {
    const verdict = {
      code: 'neverReady',
      stage: 'boot',
      message: 'Nothing listened.',
      logTail: 'Error: <x>',
    } as const;
    expect(toJunit({ ...card, verdict })).toMatch(
      /<testsuite name="Run"[^>]*>\s*<testcase [^>]*><failure message="Nothing listened\." type="neverReady">Nothing listened\.\n\nError: &#60;x&#62;</,
    );
    const ours = { ...verdict, code: 'internal' } as const;
    expect(toJunit({ ...card, status: 'notGraded', verdict: ours })).toContain(
      '<error message="Nothing listened."',
    );
  });
});

describe('csv', () => {
  test('has one line for each check under a head', () => {
    const lines = toCsv(card).trimEnd().split('\r\n');
    expect(lines).toHaveLength(card.checks.length + 1);
    expect(lines[0]).toMatch(/^assessment,version,candidate,digest,check,title,/);
  });

  test.each([HOSTILE.formula, '+1', '-1', '@SUM(1)', '\t=1', '  =1', '\r\n=1', '\uff1d1'])(
    'guards %j',
    (candidate) => {
      const line = toCsv({ ...card, submission: { ...card.submission, candidate } }).split('\r\n')[1];
      expect(line).toMatch(/^"webhook-receiver","1\.0\.0","'[=+\-@\uff1d]/);
    },
  );

  test('leaves figures figures', () => {
    expect(toCsv(card)).toMatch(/,0,4,"The proof was still pending/);
  });
});

describe('markdown', () => {
  test('has the total, the topics and what cost points', () => {
    const md = toMarkdown(card);
    expect(md).toContain(`: ${card.overall.score?.toFixed(1)} of 100`);
    expect(md).toMatch(/\| T1 Event&#45;driven[^|]*\| Mid \| 7\d\.\d \|/);
    expect(md.split('### What cost points')[1]).toMatch(/^\n\n- \*\*Pending mints go on after a crash/);
  });

  test('text of candidates is neither markup, link nor mention', () => {
    const md = toMarkdown({
      ...card,
      submission: { ...card.submission, candidate: `${HOSTILE.markdown} ${HOSTILE.markup}` },
    });
    const line = md.split('\n')[2] ?? '';
    expect(line).not.toMatch(/[<[\]`*]|https?:\/\/|@\w/);
    expect(line).toContain('&#91;click&#93;');
  });

  test('an ungraded run says whose fault it is and shows the log as text', () => {
    const verdict = {
      code: 'exited',
      stage: 'boot',
      message: 'It exited.',
      logTail: '```\n# title\n<b>',
    } as const;
    const md = toMarkdown({ ...card, verdict });
    expect(md).toContain('**Ended in stage boot:** It exited&#46;\n\n    ```\n    # title\n    <b>');
  });
});

describe('sarif', () => {
  const log = JSON.parse(toSarif(card)) as {
    version: string;
    runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }];
  };
  const [run] = log.runs;

  test('has the security checks that cost points, by stable ids', () => {
    expect(log.version).toBe('2.1.0');
    expect(run.results.map((item) => [item['ruleId'], item['level']])).toEqual([
      ['security-headers', 'warning'],
      ['oversize-chunked', 'error'],
    ]);
    expect(run.results[1]?.['partialFingerprints']).toEqual({
      'assayerCheck/v1': 'webhook-receiver/oversize-chunked',
    });
    for (const item of run.results) {
      expect(run.tool.driver.rules[item['ruleIndex'] as number]?.id).toBe(item['ruleId']);
    }
  });

  test('a place is a relative, encoded path inside the repo', () => {
    const hostile = JSON.parse(toSarif(hostileScorecard())) as typeof log;
    const text = JSON.stringify(hostile.runs[0].results[0]?.['locations']);
    expect(text).toContain('"startLine":1');
    expect(text).toMatch(/"uri":"%3C/);
    expect(text).not.toContain('..');
  });

  test('messages hold no embedded links or placeholders', () => {
    const message = '[a](1) {0} \\';
    const checks = card.checks.map((check) => ({ ...check, message }));
    const text = JSON.parse(toSarif({ ...card, checks })) as typeof log;
    expect(JSON.stringify(text.runs[0].results[0]?.['message'])).toContain('\\\\[a\\\\](1) {{0}} \\\\\\\\');
  });
});

describe('terminal', () => {
  test('fits one screen', () => {
    const screen = toTerminal(card).split('\n');
    expect(screen.length).toBeLessThan(40);
    expect(screen[0]).toBe(`Webhook receiver 1.0.0  ${card.overall.score?.toFixed(1)} of 100`);
    expect(screen.join('\n')).toMatch(/T1 {2}Event-driven.*#+\.+ +7\d\.\d {2}Mid/);
  });

  test('colours are the caller’s choice', () => {
    expect(toTerminal(card)).not.toContain('\u001b');
    expect(toTerminal(card, pc.createColors(true))).toContain('\u001b[31m');
  });

  test('a run without a grade says why', () => {
    const verdict = {
      code: 'engineUnavailable',
      stage: 'boot',
      message: 'The engine does not answer.',
      logTail: '',
    } as const;
    const screen = toTerminal({ ...card, status: 'notGraded', verdict });
    expect(screen).toContain('not graded: please run it again');
    expect(screen).toContain('Ended in stage boot: The engine does not answer.');
    expect(screen).not.toContain('T1');
  });
});

test('on a terminal a service that never ran has one reason, and not one for each check', () => {
  const golden = goldenScorecard();
  const verdict = {
    code: 'exited',
    stage: 'boot',
    message: 'It ended before it answered.',
    logTail: '',
  } as const;
  const checks = golden.checks.map((check) => ({ ...check, outcome: 'fail' as const, points: 0 }));
  const shown = toTerminal({ ...golden, verdict, checks });
  expect(shown).toContain('It ended before it answered.');
  expect(shown).not.toContain(checks[0]?.title);
});
