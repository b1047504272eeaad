import type { DeclaredCheck, Pack } from '../../../assessments/kit/index.js';
import { TOPICS } from '../../../assessments/kit/index.js';
import { LEVEL_WORDS, figure, plural } from '../../../reports/text/words.js';
import type { Mutant } from '../../packs/mutants.js';
import { definePage } from '../frame/page.js';
import type { AssessmentHead } from './tabs.js';
import { ASSESSMENT_CRUMBS } from './tabs.js';
import { topicTags } from './words.js';

/** The checks of an assessment and how each proves itself: the faults that it, and only those declared, must catch. */
export interface QualityView {
  readonly head: AssessmentHead;
  readonly summary: string;
  readonly topics: readonly {
    readonly id: string;
    readonly name: string;
    readonly checks: readonly QualityRow[];
  }[];
}

interface QualityRow {
  readonly id: string;
  readonly title: string;
  readonly practice: string;
  readonly level: string;
  readonly dimension: string;
  readonly points: string;
  /** Titles of the faults; empty for a check that nothing proves. */
  readonly catches: readonly string[];
  readonly proof: string;
}

export function qualityView(
  { spec, checks }: Pack,
  head: AssessmentHead,
  mutants: readonly Mutant[],
): QualityView {
  const rows = checks.map((check) => ({ topic: check.topic, row: qualityRow(check, mutants) }));
  const proven = rows.filter(({ row }) => row.catches.length > 0).length;
  return {
    head,
    summary:
      `${proven} of ${plural(checks.length, 'check')} are proved by ${plural(mutants.length, 'known fault')}: ` +
      'the reference with one practice broken. A fault must fail the checks named here, and no other.',
    topics: topicTags(spec).map(({ id, name }) => ({
      id,
      name,
      checks: rows.filter(({ topic }) => topic === id).map(({ row }) => row),
    })),
  };
}

function qualityRow(check: DeclaredCheck, mutants: readonly Mutant[]): QualityRow {
  const catches = mutants.filter((mutant) => mutant.caughtBy.includes(check.id)).map(({ title }) => title);
  const practices: Readonly<Record<string, string>> = TOPICS[check.topic].practices;
  return {
    id: check.id,
    title: check.title,
    practice: `${check.practice} ${practices[check.practice] ?? ''}`.trim(),
    level: LEVEL_WORDS[check.level],
    dimension: check.dimension,
    points: figure(check.points),
    catches,
    proof: check.bar
      ? 'Measured under load'
      : catches.length === 0
        ? 'No known fault'
        : plural(catches.length, 'fault'),
  };
}

export const qualityPage = definePage<QualityView>('quality', {
  section: 'assessments',
  crumbs: ASSESSMENT_CRUMBS,
});
