import type { Pack } from '../../../assessments/kit/index.js';
import { TOPICS } from '../../../assessments/kit/index.js';
import { plural } from '../../../reports/text/words.js';
import { definePage } from '../frame/page.js';
import { hours, topicTags, type TopicTag } from './words.js';

export interface CatalogueView {
  readonly maySubmit: boolean;
  readonly assessments: readonly {
    readonly href: string;
    readonly title: string;
    readonly summary: string;
    readonly mainTopic: string;
    readonly time: string;
    readonly checks: string;
    readonly version: string;
    readonly topics: readonly TopicTag[];
    /** Null when there is none yet. */
    readonly submissions: { readonly href: string; readonly words: string } | null;
  }[];
}

/** `submitted`: how many submissions each assessment has, by id. */
export function catalogueView(
  packs: readonly Pack[],
  submitted: ReadonlyMap<string, number>,
  maySubmit: boolean,
): CatalogueView {
  return {
    maySubmit,
    assessments: packs.map(({ spec, checks }) => {
      const count = submitted.get(spec.id) ?? 0;
      return {
        href: `/assessments/${spec.id}`,
        title: spec.title,
        summary: spec.summary,
        mainTopic: TOPICS[spec.mainTopic].name,
        time: hours(spec.timeBudgetHours),
        checks: plural(checks.length, 'check'),
        version: spec.version,
        topics: topicTags(spec),
        submissions:
          count === 0
            ? null
            : { href: `/submissions?assessment=${spec.id}`, words: plural(count, 'submission') },
      };
    }),
  };
}

export const cataloguePage = definePage<CatalogueView>('catalogue', { section: 'assessments' });
