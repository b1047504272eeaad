/** A JSON schema of the OpenAPI document, as far as the page tells of it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
  readonly format?: string;
  readonly contentMediaType?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
}

/** One line of a table of fields. */
export interface Field {
  /** Such as `run.score` or `items[].id`. */
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly description: string;
}

const MAX_DEPTH = 4;

/** The fields of a schema, those of objects within it after it. What has a name of its own is named and not repeated. */
export function fieldsOf(schema: Schema, prefix = '', depth = 0): Field[] {
  if (depth > MAX_DEPTH) return [];
  if (schema.type === 'array' && schema.items) return fieldsOf(schema.items, `${prefix}[]`, depth + 1);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const optional = !(schema.required ?? []).includes(name);
    const field = { name: path, type: typeWords(one), optional, description: one.description ?? '' };
    return [field, ...fieldsOf(one, path, depth + 1)];
  });
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [...own, ...choices.flatMap((one) => fieldsOf(one, prefix, depth + 1))];
}

/** What kind of value it is, in a few words. */
export function typeWords(schema: Schema): string {
  const { $ref, type, items } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => String(one)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeWords))].join(' or ');
  if (schema.allOf) return [...new Set(schema.allOf.map(typeWords))].join(' and ');
  if (Array.isArray(type)) return type.map((one: string) => typeWords({ ...schema, type: one })).join(' or ');
  if (type === 'array') return `list of ${items ? typeWords(items) : 'anything'}`;
  if (schema.contentMediaType !== undefined) return 'file';
  const kind = typeof type === 'string' ? type : 'anything';
  return [schema.format ?? kind, boundsOf(schema)].filter((word) => word !== '').join(', ');
}

function boundsOf({ minimum, maximum, minLength, maxLength, default: usual }: Schema): string {
  const range = (low: number | undefined, high: number | undefined, unit: string): string => {
    if (low === undefined && high === undefined) return '';
    if (low === undefined) return `at most ${high}${unit}`;
    return high === undefined ? `at least ${low}${unit}` : `${low} to ${high}${unit}`;
  };
  const value = range(minimum, safe(maximum), '');
  const length = range(minLength, maxLength, ' characters');
  const fallback = usual === undefined || usual === null ? '' : `else ${JSON.stringify(usual)}`;
  return [value, length, fallback].filter((word) => word !== '').join(', ');
}

/** That a number is one that JavaScript can count is no news. */
const safe = (maximum: number | undefined): number | undefined =>
  maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
