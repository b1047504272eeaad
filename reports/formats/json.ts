import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import { scorecardSchema } from '../../assessments/kit/schema/scorecard.js';

const TOP_KEYS = Object.keys(scorecardSchema.shape) as (keyof Scorecard)[];

/** Everything but printable text that JSON itself would let through: bidi marks, C1 controls, separators. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * `scorecard.json`: the same bytes for the same scorecard, also after a trip through a database that reorders keys. Top keys
 * stand in the order of the schema, all others by name. What cannot be seen is escaped, so its value is unchanged.
 */
export function toJson(card: Scorecard): string {
  const ordered = Object.fromEntries(TOP_KEYS.map((key) => [key, sorted(card[key])]));
  return `${JSON.stringify(ordered, null, 2).replace(UNSEEN, escapes)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function escapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
