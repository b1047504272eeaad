import { basename } from 'node:path';
import type { Pack } from '../../../assessments/kit/index.js';
import { SPEC } from '../../packs/sources.js';

/** What `assessment.ts` says that is nowhere to be found in the pack. */
export function wordProblems({ dir, spec, checks }: Pack): string[] {
  const idle = Object.keys(spec.topicWeights).filter((topic) =>
    checks.every((check) => check.topic !== topic),
  );
  return [
    ...(spec.id === basename(dir)
      ? []
      : [
          `${SPEC}: id is "${spec.id}", but an assessment is found by its folder, "${basename(dir)}"; name both alike.`,
        ]),
    ...idle.map((topic) => `${SPEC}: topicWeights has ${topic}, but no check is of it; leave it out.`),
  ];
}
