import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What is wrong with a value, in the words of a person who wrote it. */
export interface Wrong {
  /** The fields that lead there, joined by dots; empty for the value itself. An item of a list goes by its `id`. */
  readonly path: string;
  readonly reason: string;
}

/** The fault to mend first. A field that nobody knows comes before one that is missing: it is often the same one, misspelt. */
export function firstWrong(issues: readonly Issue[], value: unknown): Wrong | undefined {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!issue) return undefined;
  const names = issue.path.map((key, index) => {
    const { id } = Object(at(value, issue.path.slice(0, index + 1))) as { id?: unknown };
    return typeof key === 'number' && typeof id === 'string' ? `"${id}"` : String(key);
  });
  return { path: names.join('.'), reason: reasonFor(issue, issues, value) };
}

function reasonFor(issue: Issue, all: readonly Issue[], value: unknown): string {
  const given = at(value, issue.path);
  const must = mustBe(issue);
  if (must !== null) return given === undefined ? `is missing: it ${must}` : `${must}${not(given)}`;
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const strangers = issue.keys.map((key) => `"${key}"`).join(', ');
  const lacks = all
    .filter(({ path }) => path.length === issue.path.length + 1 && at(value, path) === undefined)
    .map(({ path }) => String(path.at(-1)));
  return `has no field ${strangers}${lacks.length === 0 ? '' : `, and lacks ${lacks.join(', ')}`}`;
}

/** Null where the schema has words of its own. */
function mustBe(issue: Issue): string | null {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return `must be one of ${('options' in issue ? (issue.options ?? []) : []).map(String).join(', ')}`;
    case 'too_small':
      return ownWords(issue) ?? `must ${bound(issue.origin, `${issue.minimum} or more`)}`;
    case 'too_big':
      return ownWords(issue) ?? `must ${bound(issue.origin, `${issue.maximum} or less`)}`;
    default:
      return null;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  tuple: 'a list',
};

const ownWords = ({ message }: Issue): string | null => (message.startsWith('must') ? message : null);

function bound(origin: string, size: string): string {
  if (origin === 'array') return `have ${size} items`;
  return origin === 'string' ? `have ${size} characters` : `be ${size}`;
}

function not(given: unknown): string {
  if (Array.isArray(given)) return `; it has ${given.length}`;
  if (typeof given === 'string') return given === '' ? '' : `, not "${given}"`;
  return typeof given === 'number' || typeof given === 'boolean' ? `, not ${given}` : '';
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((from, key) => (Object(from) as Record<PropertyKey, unknown>)[key], value);
}
