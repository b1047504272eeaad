import type { z } from 'zod';
import { PackError } from './error.js';

/** The value in its checked shape. @throws PackError naming the first field that is wrong */
export function validate<T>(schema: z.ZodType<T>, value: unknown, file: string, where = ''): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [where, ...(issue?.path ?? [])].filter((part) => part !== '').join('.');
  throw new PackError(file, path === '' ? null : path, issue?.message ?? 'is not valid');
}
