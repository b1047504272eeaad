import { z } from 'zod';
import { AssayerError } from '../../errors.js';

/** Text that the database can hold: anything but NUL. */
export const text = (max: number): z.ZodString =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\0]*$/, 'holds a NUL character');

/** What stands for an id in a path. */
export const id = z.string().regex(/^[\w-]{1,100}$/);

const PLACE = { body: 'The request', query: 'The query' } as const;

/** @throws AssayerError bodyInvalid, naming the first field that is wrong */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: keyof typeof PLACE): T {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.');
  const subject = field ? `The field ${field}` : PLACE[where];
  throw new AssayerError('bodyInvalid', {
    problem: `${subject} is not valid: ${issue?.message ?? 'wrong value'}.`,
  });
}
