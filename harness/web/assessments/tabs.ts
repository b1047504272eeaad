import type { Pack } from '../../../assessments/kit/index.js';
import { TOPICS } from '../../../assessments/kit/index.js';
import type { NavigationItem } from '../frame/navigation.js';
import { marked, SECTIONS } from '../frame/navigation.js';
import type { Crumb } from '../frame/page.js';

/** The pages of one assessment, by their paths below its address. */
export const TABS = {
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
  readonly tabs: readonly NavigationItem[];
}

export const ASSESSMENT_CRUMBS: readonly Crumb[] = [SECTIONS.assessments];

export function assessmentHead({ spec }: Pack, tab: AssessmentTab, maySubmit: boolean): AssessmentHead {
  return {
    id: spec.id,
    title: spec.title,
    summary: spec.summary,
    mainTopic: TOPICS[spec.mainTopic].name,
    maySubmit,
    tabs: marked(TABS, tab).map(({ path, ...link }) => ({ ...link, href: `/assessments/${spec.id}${path}` })),
  };
}
