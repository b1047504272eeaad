import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { VERDICT_CODES } from '../../assessments/kit/index.js';
import { OUTCOME_WORDS, pointsWord } from '../text/words.js';
import { element, xmlText } from './xml.js';

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly kind: 'pass' | 'failure' | 'error' | 'skipped';
  readonly ms: number;
  readonly xml: string;
}

/**
 * JUnit XML as GitLab and Jenkins read it: a topic is a suite, a check a case. GitLab shows `classname` as the suite and
 * ignores the `message` attribute, so both are said twice. A fault of ours is an `error`, never a `failure`; what was
 * inconclusive or does not apply is `skipped`. A verdict is a case of its own, in front.
 */
export function toJunit(card: Scorecard): string {
  const { id, version } = card.assessment;
  const suites = [
    ...verdictSuite(card),
    ...card.topics.map((topic) => ({
      name: `${topic.id} ${topic.name}`,
      cases: card.checks.filter((check) => check.topic === topic.id).map((check) => checkCase(check, id)),
    })),
  ];
  const all = suites.flatMap((suite) => suite.cases);
  const root = element(
    'testsuites',
    { name: `${id} ${version}`, ...totals(all) },
    suites.map((suite) => suiteElement(suite, card)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suiteElement(suite: Suite, { provenance }: Scorecard): string {
  return `\n${element(
    'testsuite',
    { name: suite.name, ...totals(suite.cases), timestamp: provenance.gradedAt.replace(/(\.\d+)?Z$/, '') },
    suite.cases.map((one) => `\n  ${one.xml}`),
  )}`;
}

function totals(cases: readonly Case[]): Record<string, string | number> {
  const count = (kind: Case['kind']) => cases.filter((one) => one.kind === kind).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(cases.reduce((sum, one) => sum + one.ms, 0)),
  };
}

function checkCase(check: ScorecardCheck, assessment: string): Case {
  const attributes = {
    classname: `${assessment}.${check.topic}`,
    name: check.title,
    time: seconds(check.durationMs),
  };
  const kind = KIND[check.outcome];
  return { kind, ms: check.durationMs, xml: element('testcase', attributes, details(kind, check)) };
}

const KIND = {
  pass: 'pass',
  fail: 'failure',
  partial: 'failure',
  error: 'error',
  inconclusive: 'skipped',
  notApplicable: 'skipped',
} as const;

function details(kind: Case['kind'], check: ScorecardCheck): string[] {
  switch (kind) {
    case 'pass':
      return [];
    case 'skipped':
      return [element('skipped', { message: `${OUTCOME_WORDS[check.outcome]}: ${check.message}` })];
    case 'failure':
    case 'error':
      return [element(kind, { message: check.message, type: check.id }, [xmlText(explain(check))])];
  }
}

function explain(check: ScorecardCheck): string {
  return [
    check.message,
    check.expected && `Expected: ${check.expected}`,
    check.observed && `Observed: ${check.observed}`,
    `Points: ${pointsWord(check.points, check.maxPoints)} (${check.level}, practice ${check.practice})`,
    `What to change: ${check.remedy}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function verdictSuite({ verdict, assessment }: Scorecard): Suite[] {
  if (!verdict) return [];
  const kind = VERDICT_CODES[verdict.code] === 'ours' ? 'error' : 'failure';
  const text = verdict.logTail ? `${verdict.message}\n\n${verdict.logTail}` : verdict.message;
  const xml = element(
    'testcase',
    { classname: `${assessment.id}.run`, name: `The run ended in stage ${verdict.stage}`, time: 0 },
    [element(kind, { message: verdict.message, type: verdict.code }, [xmlText(text)])],
  );
  return [{ name: 'Run', cases: [{ kind, ms: 0, xml }] }];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
