import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { candidateName } from '../../text/who.js';
import { moment } from '../../text/words.js';

export interface HeaderView {
  readonly who: string;
  /** True when the candidate's name is not known or not shown. */
  readonly blind: boolean;
  readonly assessment: string;
  readonly version: string;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly full: string | null }[];
}

export function headerView({ submission, assessment, provenance }: Scorecard): HeaderView {
  const digest = submission.digest;
  return {
    who: candidateName(submission.candidate, digest),
    blind: submission.candidate === null,
    assessment: oneLine(assessment.title),
    version: oneLine(assessment.version),
    facts: [
      { name: 'Assessment', value: `${oneLine(assessment.id)} ${oneLine(assessment.version)}`, full: null },
      { name: 'Submission', value: digest?.slice(0, 12) ?? 'never taken in', full: digest },
      { name: 'Source', value: oneLine(submission.source, 160), full: null },
      { name: 'Graded', value: moment(provenance.gradedAt), full: null },
    ],
  };
}
