import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { countOutcomes, lostPoints, worstFirst } from '../text/counts.js';
import { seen } from '../text/seen.js';
import { oneLine, visible } from '../text/visible.js';
import { OUTCOME_WORDS, levelAsked, list, plural, pointsWord, scoreWord } from '../text/words.js';

const SHOWN = 20;

/** A summary for the page of a CI job, in GitHub's Markdown. Text of candidates cannot become markup, link or mention. */
export function toMarkdown(card: Scorecard): string {
  const { assessment, submission } = card;
  return (
    [
      `## ${text(assessment.title)} ${text(assessment.version)}: ${headline(card)}`,
      `${text(submission.candidate ?? 'Submission')}, ${text(submission.source)}, digest ${text(submission.digest?.slice(0, 12) ?? 'none')}`,
      ...verdict(card),
      ...(card.status === 'graded' ? results(card) : []),
      'A measurement to start a conversation from. People decide.',
    ].join('\n\n') + '\n'
  );
}

function headline({ status, overall }: Scorecard): string {
  switch (status) {
    case 'graded':
      return overall.score === null
        ? 'graded, too little measured for a total'
        : `${scoreWord(overall.score)} of 100`;
    case 'notGraded':
      return 'not graded, please run it again';
    case 'rejected':
      return 'refused';
  }
}

function verdict({ verdict }: Scorecard): string[] {
  if (!verdict) return [];
  const log = visible(verdict.logTail).trimEnd();
  const lines =
    log === ''
      ? []
      : log
          .split('\n')
          .slice(-30)
          .map((line) => `    ${line}`);
  return [
    `**Ended in stage ${verdict.stage}:** ${text(verdict.message)}`,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ];
}

function results(card: Scorecard): string[] {
  const lost = card.checks.filter((check) => lostPoints(check) > 0).sort(worstFirst);
  const rest = lost.length - SHOWN;
  return [
    counts(card),
    [
      '| Topic | Level | Score |',
      '|---|---|---:|',
      ...card.topics.map((topic) => topicRow(topic, card.checks)),
    ].join('\n'),
    ...(lost.length > 0 ? ['### What cost points', lost.slice(0, SHOWN).map(lostLine).join('\n')] : []),
    ...(rest > 0 ? [`${plural(rest, 'more check')} in the scorecard.`] : []),
  ];
}

function counts({ checks }: Scorecard): string {
  const count = countOutcomes(checks);
  const parts = Object.entries(OUTCOME_WORDS).map(
    ([outcome, word]) => [count[outcome as ScorecardCheck['outcome']], word] as const,
  );
  return `${plural(checks.length, 'check')}: ${list(parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word.toLowerCase()}`))}.`;
}

function topicRow(topic: Scorecard['topics'][number], checks: Scorecard['checks']): string {
  return `| ${topic.id} ${text(topic.name)} | ${levelAsked(topic, checks)} | ${scoreWord(topic.score)} |`;
}

function lostLine(check: ScorecardCheck): string {
  return `- **${text(check.title)}** (${check.topic}, ${check.level}, ${pointsWord(check.points, check.maxPoints)} points): ${text(seen(check))}`;
}

/** One line of plain text: each character that Markdown or HTML could read as more is a reference. */
function text(raw: string): string {
  return oneLine(raw, 400)
    .replace(/[!"#$&'()*+\-./:;<=>?[\\\]^_`{|}~]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('@', '&#64;&#8203;');
}
