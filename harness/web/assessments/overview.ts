import type { Pack } from '../../../assessments/kit/index.js';
import { LEVELS } from '../../../assessments/kit/index.js';
import { LEVEL_WORDS, figure, plural } from '../../../reports/text/words.js';
import { definePage } from '../frame/page.js';
import type { AssessmentHead } from './tabs.js';
import { ASSESSMENT_CRUMBS } from './tabs.js';
import { checksByLevel, hours, topicTags, type TopicTag } from './words.js';

interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface OverviewView {
  readonly head: AssessmentHead;
  readonly figures: readonly (Fact & { readonly note: string })[];
  readonly topics: readonly (TopicTag & { readonly checks: number; readonly points: string })[];
  /** Where known solutions score, 0 to 100: what the assessment tells apart. */
  readonly bands: readonly {
    readonly word: string;
    readonly from: string;
    readonly width: string;
    readonly words: string;
  }[];
  readonly bars: readonly Fact[];
  readonly limits: readonly Fact[];
}

export function overviewView(pack: Pack, head: AssessmentHead, mutants: number): OverviewView {
  const { spec, checks } = pack;
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  const { limits } = spec;
  return {
    head,
    figures: [
      { name: 'Time for a candidate', value: hours(spec.timeBudgetHours), note: 'as the brief says' },
      {
        name: 'Hidden checks',
        value: figure(checks.length),
        note: checksByLevel(checks)
          .map(({ count, word }) => `${count} ${word.toLowerCase()}`)
          .join(', '),
      },
      { name: 'Points', value: figure(points), note: `over ${plural(topicTags(spec).length, 'topic')}` },
      { name: 'Known faults caught', value: figure(mutants), note: 'each by a check that names it' },
      { name: 'Version', value: spec.version, note: `digest ${pack.digest.slice(0, 12)}` },
    ],
    topics: topicTags(spec).map((topic) => {
      const own = checks.filter((check) => check.topic === topic.id);
      return {
        ...topic,
        checks: own.length,
        points: figure(own.reduce((sum, check) => sum + check.points, 0)),
      };
    }),
    bands: [
      ...LEVELS.map((level) => band(`${LEVEL_WORDS[level]} solution`, spec.solutionBands[level])),
      band('Empty or cheating', [0, spec.cheatCeiling]),
    ],
    bars: LEVELS.map((level) => ({
      name: LEVEL_WORDS[level],
      value: `${Math.round(spec.levelBars[level] * 100)} %`,
    })),
    limits: [
      { name: 'Processor', value: plural(limits.cpus, 'core') },
      { name: 'Memory', value: `${limits.memoryMb} MiB` },
      { name: 'Processes', value: figure(limits.pids) },
      { name: 'To install', value: plural(limits.installSeconds, 'second') },
      { name: 'To build', value: plural(limits.buildSeconds, 'second') },
      { name: 'To start', value: plural(limits.bootSeconds, 'second') },
      { name: 'For all checks', value: plural(limits.checksSeconds, 'second') },
    ],
  };
}

/** A band of one point is still to be seen. */
function band(word: string, [from, to]: readonly [number, number]): OverviewView['bands'][number] {
  return {
    word,
    from: `${Math.min(from, 98)}%`,
    width: `${Math.max(to - from, 2)}%`,
    words: from === to ? String(to) : `${from} to ${to}`,
  };
}

export const overviewPage = definePage<OverviewView>('overview', {
  section: 'assessments',
  crumbs: ASSESSMENT_CRUMBS,
});
