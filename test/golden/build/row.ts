import type { CheckMeta, Dimension, Level, TopicId } from '../../../assessments/kit/index.js';

interface Words {
  readonly title: string;
  readonly publicTitle?: string;
  readonly why: string;
  readonly remedy: string;
  readonly ask: string;
  readonly listenFor: string;
}

/** One check; `place` is topic, practice, level, dimension and points, such as `T1 1.2 mid security 3`. */
export function row(id: string, place: string, { ask, listenFor, ...words }: Words): CheckMeta {
  const [topic, practice, level, dimension, points] = place.split(' ') as [
    TopicId,
    string,
    Level,
    Dimension,
    string,
  ];
  return {
    id,
    topic,
    practice,
    level,
    dimension,
    points: Number(points),
    questions: [{ ask, listenFor }],
    ...words,
  };
}
