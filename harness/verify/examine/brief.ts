import { load as parseYaml } from 'js-yaml';
import type { Pack } from '../../../assessments/kit/index.js';
import { reasonOf } from '../../errors.js';
import { readBrief, readContract } from '../../packs/brief.js';

/** What a candidate is given must be there, and readable. */
export async function briefProblems(pack: Pack): Promise<string[]> {
  const [brief, contract] = await Promise.all([readBrief(pack), readContract(pack)]);
  return [
    ...(brief?.trim()
      ? []
      : ['brief/README.md: is not there or empty; it is all that a candidate gets to read.']),
    ...(contract === null ? [] : yamlProblems(contract)),
  ];
}

function yamlProblems(contract: string): string[] {
  try {
    parseYaml(contract);
    return [];
  } catch (error) {
    const { mark, reason } = Object(error) as { mark?: { line: number }; reason?: string };
    const line = mark === undefined ? '' : `:${mark.line + 1}`;
    return [`brief/openapi.yaml${line}: is not YAML: ${reason ?? reasonOf(error)}.`];
  }
}
