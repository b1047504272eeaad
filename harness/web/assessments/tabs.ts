import type { Pack } from '../../../assessments/kit/index.js';
import { TOPICS } from '../../../assessments/kit/index.js';
import type { Crumb } from '../frame/page.js';
import { SECTIONS } from '../frame/navigation.js';

const TABS = {
  overview: { label: 'Overview', path: '' },
  brief: { label: 'Brief', path: '/brief' },
  contract: { label: 'Contract', path: '/contract' },
  checks: { label: 'Checks', path: '/checks' },
} as const;

export type AssessmentTab = keyof typeof TABS;

/** What stands above each page of one assessment. */
export interface AssessmentHead {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly mainTopic: string;
  readonly maySubmit: boolean;
  readonly tabs: readonly {
    readonly label: string;
    readonly href: string;
    readonly current: 'page' | null;
  }[];
}

export const ASSESSMENT_CRUMBS: readonly Crumb[] = [SECTIONS.assessments];

export function assessmentHead({ spec }: Pack, tab: AssessmentTab, maySubmit: boolean): AssessmentHead {
  return {
    id: spec.id,
    title: spec.title,
    summary: spec.summary,
    mainTopic: TOPICS[spec.mainTopic].name,
    maySubmit,
    tabs: (Object.keys(TABS) as AssessmentTab[]).map((id) => ({
      label: TABS[id].label,
      href: `/assessments/${spec.id}${TABS[id].path}`,
      current: id === tab ? 'page' : null,
    })),
  };
}
