/** The rooms of the product, as the navigation shows them. */
export const SECTIONS = {
  assessments: { label: 'Assessments', href: '/assessments' },
  submissions: { label: 'Submissions', href: '/submissions' },
  compare: { label: 'Compare', href: '/compare' },
  workers: { label: 'Workers', href: '/workers' },
  settings: { label: 'Settings', href: '/settings' },
} as const;

export type SectionId = keyof typeof SECTIONS;

/** Who looks at a page. */
export interface Viewer {
  readonly name: string;
  /** The organisation's name. */
  readonly organisation: string;
  /** The rooms this person may enter. */
  readonly sections: readonly SectionId[];
  /** Goes with every form, in the hidden field `_csrf`. */
  readonly csrf: string;
}

export interface NavigationItem {
  readonly label: string;
  readonly href: string;
  /** For aria-current; null elsewhere. */
  readonly current: 'page' | null;
}

export const navigation = (viewer: Viewer, current: SectionId | null): NavigationItem[] =>
  viewer.sections.map((id) => ({ ...SECTIONS[id], current: id === current ? 'page' : null }));
