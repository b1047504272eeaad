import { load } from 'js-yaml';
import { z } from 'zod';
import { definePage } from '../frame/page.js';
import type { AssessmentHead } from './tabs.js';
import { ASSESSMENT_CRUMBS } from './tabs.js';

export interface ContractView {
  readonly head: AssessmentHead;
  readonly contract: Contract | null;
}

export interface Contract {
  readonly title: string;
  readonly version: string;
  readonly operations: readonly {
    readonly method: string;
    readonly path: string;
    readonly summary: string;
    readonly statuses: string;
  }[];
  /** The document as it is. */
  readonly text: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const operationSchema = z.looseObject({
  summary: z.string().default(''),
  responses: z.record(z.string(), z.unknown()).default({}),
});
/** As much of OpenAPI as is shown. */
const documentSchema = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.coerce.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Null when the text is no OpenAPI document. */
export function readOpenApi(text: string): Contract | null {
  const document = documentSchema.safeParse(parseYaml(text));
  if (!document.success) return null;
  const { info, paths } = document.data;
  return {
    title: info.title,
    version: info.version,
    operations: Object.entries(paths).flatMap(([path, operations]) =>
      METHODS.flatMap((method) => {
        const operation = operationSchema.safeParse(operations[method]);
        if (!operation.success) return [];
        const { summary, responses } = operation.data;
        return [{ method: method.toUpperCase(), path, summary, statuses: Object.keys(responses).join(' ') }];
      }),
    ),
    text,
  };
}

function parseYaml(text: string): unknown {
  try {
    return load(text);
  } catch {
    return null;
  }
}

export const contractPage = definePage<ContractView>('contract', {
  section: 'assessments',
  crumbs: ASSESSMENT_CRUMBS,
});
