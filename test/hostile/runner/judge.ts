import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { within } from './measure.js';
import type { Expectation } from './schema.js';

/** What a scorecard has that it should not, or lacks; one sentence each, empty when it is as expected. Pure. */
export function judge(expect: Expectation, card: Scorecard, seconds: number): string[] {
  return [
    ...different('status', expect.status, card.status),
    ...judgeVerdict(expect.verdict, card.verdict),
    ...judgeScore(expect.score, card),
    ...Object.entries(expect.checks ?? {}).flatMap(([id, wanted]) => judgeCheck(id, wanted, card)),
    ...Object.entries(expect.dimensions ?? {}).flatMap(([name, wanted]) =>
      judgeNumber(name, wanted, card.dimensions[name as keyof Scorecard['dimensions']]?.score ?? null),
    ),
    ...judgeNotes(expect, card),
    ...ourFaults(card),
    ...(seconds > expect.maxSeconds ? [`took ${seconds} s, more than ${expect.maxSeconds} s`] : []),
  ];
}

function judgeVerdict(wanted: Expectation['verdict'], got: Scorecard['verdict']): string[] {
  const code = got?.code ?? 'none';
  if (wanted === null) return got === null ? [] : [`verdict ${code} at ${got.stage}: ${got.message}`];
  const problems = different('verdict', wanted.code, code);
  if (got === null) return problems;
  if (wanted.stage !== undefined) problems.push(...different('stage', wanted.stage, got.stage));
  const told = `${got.message}\n${got.logTail}`;
  const unsaid = (wanted.says ?? []).filter((pattern) => !new RegExp(pattern, 'im').test(told));
  return [...problems, ...unsaid.map((pattern) => `nobody is told of /${pattern}/: ${got.message}`)];
}

/**
 * A ceiling is one on what was earned of all points that apply. What a busy machine left unmeasured is no earning, though the
 * score, an estimate from the rest, is then a little higher or lower.
 */
function judgeScore(wanted: string | undefined, card: Scorecard): string[] {
  if (wanted === undefined || within(wanted, card.overall.score)) return [];
  if (wanted.startsWith('<') && within(wanted, card.overall.range?.low ?? null)) return [];
  const lost = card.checks.filter(({ outcome }) => outcome === 'fail' || outcome === 'partial');
  const why = lost.slice(0, 4).map(({ id, message }) => `${id}: ${message.slice(0, 160)}`);
  return [
    `score is ${card.overall.score ?? 'unmeasured'} instead of ${wanted}${why.length > 0 ? ` (${why.join('; ')})` : ''}`,
  ];
}

function judgeCheck(id: string, wanted: string | readonly string[], card: Scorecard): string[] {
  const check = card.checks.find((item) => item.id === id);
  if (!check) return [`there is no check ${id}`];
  if (typeof wanted === 'string' && /\d/.test(wanted)) return judgeNumber(id, wanted, check.points);
  return different(id, wanted, check.outcome, check.observed ?? check.message);
}

function judgeNotes(expect: Expectation, card: Scorecard): string[] {
  const codes = card.notes.map((note) => note.code);
  const missing = (expect.notes ?? []).filter((code) => !codes.includes(code));
  const extra = (expect.withoutNotes ?? []).filter((code) => codes.includes(code));
  return [
    ...missing.map((code) => `no note ${code}, only ${codes.join(', ') || 'none'}`),
    ...extra.map((code) => `an unwanted note ${code}`),
  ];
}

/** Neither honest nor hostile code may make a fault look ours. What a busy machine left open is no fault. */
function ourFaults(card: Scorecard): string[] {
  const faults = card.status === 'graded' ? card.checks.filter(({ outcome }) => outcome === 'error') : [];
  return faults.map(({ id, message }) => `${id} became our own fault: ${message}`);
}

function judgeNumber(name: string, wanted: string, got: number | null): string[] {
  return within(wanted, got) ? [] : [`${name} is ${got ?? 'unmeasured'} instead of ${wanted}`];
}

function different(name: string, wanted: string | readonly string[], got: string, detail = ''): string[] {
  const allowed: readonly string[] = typeof wanted === 'string' ? [wanted] : wanted;
  if (allowed.includes(got)) return [];
  return [
    `${name} is ${got} instead of ${allowed.join(' or ')}${detail === '' ? '' : ` (${detail.slice(0, 300)})`}`,
  ];
}
