import { z } from 'zod';
import { text } from '../../api/routing/validate.js';
import { SORTS } from '../../store/search.js';
import { RUN_STATES } from '../../store/types.js';

/** What the list may be asked for; an empty field of the form asks for nothing. */
export const listQuery = z.object({
  q: text(100).optional(),
  state: z.enum(RUN_STATES).or(z.literal('')).optional(),
  assessment: text(100).optional(),
  sort: z.enum(SORTS).default('newest'),
  after: text(300).optional(),
});

export type ListQuery = z.output<typeof listQuery>;

/** The address of the list with these changes; what is empty is left out. */
export function listAddress(query: ListQuery, change: Partial<ListQuery>): string {
  const { sort, ...filters } = { ...query, after: undefined, ...change };
  const fields = { ...filters, sort: sort === 'newest' ? undefined : sort };
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value) given.set(name, value);
  return given.size === 0 ? '/submissions' : `/submissions?${given.toString()}`;
}
