import fc from 'fast-check';

/** A JSON schema, as OpenAPI 3.1 has it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.emailAddress(),
  uri: fc.webUrl(),
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
};

/** Odd texts that programs trip over. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\0',
    '%00',
    '__proto__',
    '../../etc',
    "' or 1=1 --",
    '\ud800',
    '🙂'.repeat(50),
    'x'.repeat(5000),
  ),
);

/** Values that fit the schema, most of the time, and now and then something quite different. */
export function arbitraryOf(
  schema: Schema,
  components: Readonly<Record<string, Schema>>,
): fc.Arbitrary<unknown> {
  const fitting = fits(schema, components);
  return fc.oneof(
    { weight: 6, arbitrary: fitting },
    { weight: 1, arbitrary: fc.oneof(nasty, fc.jsonValue()) },
  );
}

function fits(schema: Schema, components: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const of = (one: Schema): fc.Arbitrary<unknown> => arbitraryOf(one, components);
  const { $ref, type } = schema;
  if ($ref !== undefined) {
    const target = components[$ref.split('/').at(-1) ?? ''];
    if (!target) throw new Error(`${$ref} leads nowhere`);
    return fits(target, components);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => fits(one, components)));
  if (Array.isArray(type))
    return fc.oneof(...type.map((one: string) => fits({ ...schema, type: one }, components)));
  const { minimum: min = -1000, maximum: max = min + 10_000 } = schema;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
    case 'number':
      return fc.double({ min, max, noNaN: true });
    case 'array': {
      const { minItems: minLength = 0, maxItems: maxLength = 4 } = schema;
      return fc.array(of(schema.items ?? {}), { minLength, maxLength });
    }
    case 'object': {
      const entries = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, of(one)]);
      return fc.record(Object.fromEntries(entries) as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys: [...(schema.required ?? [])],
      });
    }
    default:
      return textOf(schema);
  }
}

function textOf({ pattern, format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> {
  if (pattern !== undefined && !pattern.includes('\\0')) return fc.stringMatching(new RegExp(pattern));
  return FORMATS[format ?? ''] ?? fc.string({ minLength, maxLength: Math.min(maxLength, 200) });
}
