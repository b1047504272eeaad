import type { z } from 'zod';
import { firstWrong } from '../first-wrong.js';
import { PackError } from './error.js';

/** The value in its checked shape. @throws PackError naming the first field that is wrong */
export function validate<T>(schema: z.ZodType<T>, value: unknown, file: string, where = ''): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = firstWrong(parsed.error.issues, value);
  const path = [where, wrong?.path ?? ''].filter((part) => part !== '').join('.');
  throw new PackError(file, path === '' ? null : path, wrong?.reason ?? 'is not valid');
}
