import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';

/** What a candidate may put wherever a report shows text of theirs. */
export const HOSTILE = {
  markup: '</pre></script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">',
  attribute: '" onmouseover="window.pwned=1" x=\'',
  link: 'javascript:window.pwned=1',
  markdown:
    '[click](https://evil.example) ![x](https://evil.example/x.png) @everyone https://evil.example | ` **b**',
  template: `{{constructor.constructor "return 1"}} {{${'{raw}'}}} \${1}`,
  control: 'a\u0000b\u001b[31mred\u001b]0;title\u0007\u0008\u009b2J',
  bidi: 'safe\u202egpj.exe\u2066\u200b\ufeff\u{e0041}',
  formula: '=HYPERLINK("https://evil.example","open")',
  surrogate: 'half \ud800 pair',
  piled: `Z${'\u0301'.repeat(200)}`,
  cdata: ']]><failure>',
  long: `${'w'.repeat(30_000)}`,
} as const;

const ALL = Object.values(HOSTILE).join(' ');

/** The golden scorecard with hostile text in every place that a candidate can reach. */
export function hostileScorecard(): Scorecard {
  const card = goldenScorecard();
  return {
    ...card,
    submission: { ...card.submission, source: ALL, candidate: ALL },
    notes: Object.values(HOSTILE).map((message) => ({ code: 'note', message })),
    verdict: { code: 'exited', stage: 'boot', message: ALL.slice(0, 3000), logTail: ALL },
    checks: card.checks.map((check, index) => ({
      ...check,
      message: Object.values(HOSTILE)[index % Object.keys(HOSTILE).length]?.slice(0, 4000) ?? '',
      expected: ALL.slice(0, 2000),
      observed: ALL.slice(0, 2000),
      evidence: [
        { kind: 'http', label: ALL, exchange: exchange() },
        { kind: 'upstream', stub: HOSTILE.markup, calls: [call()] },
        { kind: 'log', label: HOSTILE.attribute, lines: Object.values(HOSTILE) },
        {
          kind: 'measure',
          name: HOSTILE.markup,
          value: Number.MAX_VALUE,
          unit: HOSTILE.bidi,
          limit: HOSTILE.attribute,
        },
        { kind: 'source', file: `../../${HOSTILE.markup}`, line: -5, snippet: ALL },
        { kind: 'note', text: ALL },
      ],
    })),
  };
}

function exchange() {
  const headers = {
    [HOSTILE.attribute]: HOSTILE.markup,
    'x-bidi': HOSTILE.bidi,
    __proto__x: HOSTILE.control,
  };
  return {
    request: { method: HOSTILE.markup, path: HOSTILE.link, headers, body: ALL },
    response: { status: 200, headers, body: ALL, truncated: true },
    failure: HOSTILE.markup,
    durationMs: 1,
    curl: `curl '${HOSTILE.markup}'`,
  };
}

function call() {
  return {
    atMs: -40,
    method: HOSTILE.markup,
    path: HOSTILE.attribute,
    headers: { [HOSTILE.markup]: HOSTILE.control },
    body: ALL,
    answered: 99999,
    aborted: true,
    durationMs: Number.MAX_VALUE,
  };
}
