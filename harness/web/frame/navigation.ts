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

const mark = <L extends object>(link: L, isCurrent: boolean): L & Pick<NavigationItem, 'current'> => ({
  ...link,
  current: isCurrent ? 'page' : null,
});

/** These links in their order; the one to the page that shows them is marked. */
export const marked = <K extends string, L extends object>(links: Readonly<Record<K, L>>, current: K) =>
  (Object.keys(links) as K[]).map((id) => mark(links[id], id === current));

export const navigation = (viewer: Viewer, current: SectionId | null): NavigationItem[] =>
  viewer.sections.map((id) => mark(SECTIONS[id], id === current));
