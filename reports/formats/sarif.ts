import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { oneLine, visible } from '../text/visible.js';

/** GitHub sorts alerts by this figure (0 to 10): what is expected of a junior is the worse to miss. */
const SEVERITY = { junior: '8.0', mid: '6.0', senior: '4.0' } as const;

/**
 * SARIF 2.1.0 with the security checks that cost points. A rule is a check, by its stable id; a result's fingerprint is
 * assessment and check, so that the same weakness is the same alert in every run. A result stands at the line that the
 * evidence names, else at package.json, because upload targets refuse results without a place.
 */
export function toSarif(card: Scorecard): string {
  const security = card.checks.filter((check) => check.dimension === 'security');
  const lost = security.filter((check) => check.outcome === 'fail' || check.outcome === 'partial');
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Assayer',
            ...(card.provenance.versions['assayer'] ? { version: card.provenance.versions['assayer'] } : {}),
            rules: security.map(rule),
          },
        },
        automationDetails: { id: `assayer/${card.assessment.id}/` },
        invocations: [
          { executionSuccessful: card.status === 'graded', endTimeUtc: card.provenance.gradedAt },
        ],
        columnKind: 'utf16CodeUnits',
        results: lost.map((check) => result(check, card, security.indexOf(check))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(check: ScorecardCheck) {
  return {
    id: check.id,
    shortDescription: { text: message(check.title) },
    fullDescription: { text: message(check.why) },
    help: { text: message(`${check.why} ${check.remedy}`) },
    properties: {
      tags: ['security', check.topic, `practice-${check.practice}`],
      'security-severity': SEVERITY[check.level],
      precision: 'very-high',
    },
  };
}

function result(check: ScorecardCheck, { assessment }: Scorecard, ruleIndex: number) {
  return {
    ruleId: check.id,
    ruleIndex,
    level: check.outcome === 'fail' ? 'error' : 'warning',
    message: { text: message(`${check.title}: ${check.message}`) },
    locations: [{ physicalLocation: place(check) }],
    partialFingerprints: { 'assayerCheck/v1': `${assessment.id}/${check.id}` },
  };
}

function place(check: ScorecardCheck) {
  const source = check.evidence.find((item) => item.kind === 'source');
  const uri = source
    ? visible(source.file)
        .split(/[\\/]+/)
        .filter(isName)
        .map(encodeURIComponent)
        .join('/')
    : '';
  if (!source || uri === '') return { artifactLocation: { uri: 'package.json' }, region: { startLine: 1 } };
  return { artifactLocation: { uri }, region: { startLine: Math.max(1, source.line) } };
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..';
}

/** Plain text of a SARIF message: brackets would be links, braces placeholders. */
function message(raw: string): string {
  return oneLine(raw, 1000)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}
