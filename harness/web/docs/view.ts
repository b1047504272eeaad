import type { OpenApiDocument } from '../../api/routing/document.js';
import type { ErrorCode } from '../../errors.js';
import { ERRORS } from '../../errors.js';
import type { Field, Schema } from './schema.js';
import { fieldsOf, typeWords } from './schema.js';

interface Media {
  readonly schema?: Schema;
}
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
}

export interface OperationView {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly access: string;
  readonly parameters: readonly Field[];
  readonly bodies: readonly {
    readonly media: string;
    readonly type: string;
    readonly fields: readonly Field[];
  }[];
  readonly answers: readonly {
    readonly status: string;
    readonly description: string;
    readonly type: string;
    readonly fields: readonly Field[];
  }[];
  /** Codes with their status. */
  readonly problems: string;
}

export interface DocsView {
  readonly version: string;
  /** Problems that almost every operation can end in. */
  readonly usual: string;
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly operations: readonly OperationView[];
  }[];
  readonly schemas: readonly { readonly name: string; readonly fields: readonly Field[] }[];
}

const USUAL = [
  'unauthenticated',
  'forbidden',
  'crossSite',
  'routeUnknown',
  'bodyUnreadable',
  'bodyInvalid',
  'bodyTooLarge',
  'mediaTypeUnsupported',
  'rateLimited',
  'storeUnavailable',
] as const satisfies readonly ErrorCode[];

/** What is named on its own is told once, below; a scorecard has a published schema of its own. */
export function docsView(document: OpenApiDocument): DocsView {
  const groups = new Map<string, OperationView[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      const tag = operation.tags?.[0] ?? 'other';
      groups.set(tag, [...(groups.get(tag) ?? []), operationView(path, method, operation)]);
    }
  }
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  return {
    version: document.info.version,
    usual: USUAL.map((code) => `${code} (${ERRORS[code].status})`).join(', '),
    groups: [...groups].map(([tag, operations]) => ({
      id: `group-${tag}`,
      title: tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll('-', ' '),
      operations,
    })),
    schemas: schemas.map(([name, schema]) => ({ name, fields: shortFields(schema) })),
  };
}

const operationView = (path: string, method: string, operation: Operation): OperationView => ({
  id: operation.operationId ?? `${method}-${path}`,
  method: method.toUpperCase(),
  path,
  summary: operation.summary ?? '',
  access: operation.description ?? 'For everybody.',
  parameters: (operation.parameters ?? []).map(({ name, in: place, required, schema }) => ({
    name,
    type: `${place}: ${typeWords(schema)}`,
    optional: required !== true,
    description: schema.description ?? '',
  })),
  bodies: Object.entries(operation.requestBody?.content ?? {}).map(([media, { schema = {} }]) => ({
    media,
    type: typeWords(schema),
    fields: fieldsOf(schema),
  })),
  ...answersOf(operation),
});

function answersOf({ responses }: Operation): Pick<OperationView, 'answers' | 'problems'> {
  const answers: OperationView['answers'][number][] = [];
  const problems: string[] = [];
  for (const [status, { description, content = {} }] of Object.entries(responses)) {
    const [[media, { schema = {} }] = ['', {}]] = Object.entries(content) as [string, Media][];
    if (media === 'application/problem+json') {
      for (const [, code = ''] of description.matchAll(/`(\w+)`/g)) {
        if (!USUAL.some((usual) => usual === code)) problems.push(`${code} (${status})`);
      }
    } else {
      const type = media === '' ? '' : `${media}, ${typeWords(schema)}`;
      answers.push({ status, description, type, fields: shortFields(schema) });
    }
  }
  return { answers, problems: problems.join(', ') };
}

/** What is longer than a screen, such as a scorecard, is left to the document. */
function shortFields(schema: Schema): Field[] {
  const fields = fieldsOf(schema);
  return fields.length > 40 ? [] : fields;
}
