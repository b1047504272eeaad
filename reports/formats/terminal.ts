import pc from 'picocolors';
import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { countOutcomes, isUnmeasured, lostPoints, worstFirst } from '../text/counts.js';
import { seen } from '../text/seen.js';
import { clip, oneLine } from '../text/visible.js';
import { levelAsked, plural, scoreWord } from '../text/words.js';

/** What `picocolors.createColors` gives. */
type Colours = ReturnType<typeof pc.createColors>;

const SHOWN = 8;
const BAR = 20;

/**
 * One screen for `assayer grade`: total, level of each topic, what cost most, what was not measured. Text of candidates
 * cannot move the cursor or colour anything.
 */
export function toTerminal(card: Scorecard, colours: Colours = pc.createColors(false)): string {
  return [
    `${colours.bold(oneLine(`${card.assessment.title} ${card.assessment.version}`))}  ${headline(card, colours)}`,
    colours.dim(
      oneLine(`${card.submission.candidate ?? 'Submission'}  ${card.submission.digest?.slice(0, 12) ?? ''}`),
    ),
    ...verdict(card, colours),
    ...(card.status === 'graded' ? results(card, colours) : []),
    '',
  ].join('\n');
}

function headline({ status, overall }: Scorecard, colours: Colours): string {
  switch (status) {
    case 'graded':
      return overall.score === null
        ? colours.yellow('too little measured for a total')
        : colours.bold(`${scoreWord(overall.score)} of 100`);
    case 'notGraded':
      return colours.yellow('not graded: please run it again');
    case 'rejected':
      return colours.red('refused');
  }
}

function verdict({ verdict }: Scorecard, colours: Colours): string[] {
  if (!verdict) return [];
  const tail = verdict.logTail.trimEnd().split('\n').slice(-10);
  const lines =
    verdict.logTail.trim() === '' ? [] : tail.map((line) => colours.dim(`  | ${oneLine(line, 110)}`));
  return [
    '',
    `${colours.bold(`Ended in stage ${verdict.stage}:`)} ${oneLine(verdict.message, 600)}`,
    ...lines,
  ];
}

function results(card: Scorecard, colours: Colours): string[] {
  const count = countOutcomes(card.checks);
  // Where nothing ran, each check failed for the one reason that stands above.
  const lost =
    card.verdict !== null && count.pass === 0
      ? []
      : card.checks.filter((check) => lostPoints(check) > 0).sort(worstFirst);
  const unmeasured = card.checks.filter(isUnmeasured);
  const wide = Math.max(...card.topics.map((topic) => topic.name.length));
  return [
    '',
    ...card.topics.map((topic) => topicLine(topic, card.checks, wide, colours)),
    '',
    `${plural(card.checks.length, 'check')}: ${colours.green(`${count.pass} passed`)}, ${colours.red(`${count.fail} failed`)}, ${count.partial} in part, ${unmeasured.length} not measured`,
    ...lost.slice(0, SHOWN).map((check) => lostLine(check, colours)),
    ...(lost.length > SHOWN ? [colours.dim(`  and ${lost.length - SHOWN} more`)] : []),
    ...(unmeasured.length > 0
      ? [
          colours.yellow(
            `  not measured, not the candidate's doing: ${unmeasured.map((check) => check.id).join(', ')}`,
          ),
        ]
      : []),
  ];
}

function topicLine(
  topic: Scorecard['topics'][number],
  checks: Scorecard['checks'],
  wide: number,
  colours: Colours,
): string {
  const full = topic.score === null ? 0 : Math.round((topic.score / 100) * BAR);
  const bar = '#'.repeat(full) + colours.dim('.'.repeat(BAR - full));
  return `  ${topic.id.padEnd(3)} ${topic.name.padEnd(wide)}  ${bar} ${scoreWord(topic.score).padStart(5)}  ${levelAsked(topic, checks)}`;
}

function lostLine(check: ScorecardCheck, colours: Colours): string {
  const mark = check.outcome === 'fail' ? colours.red('x') : colours.yellow('~');
  return `  ${mark} ${oneLine(check.title, 90)}\n    ${colours.dim(clip(seen(check), 110))}`;
}
