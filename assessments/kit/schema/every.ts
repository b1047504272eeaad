import { z } from 'zod';

/** An object with exactly these keys. Unlike that of a record, its JSON Schema says that none may be missing. */
export const every = <K extends string, V extends z.ZodType>(
  keys: readonly K[],
  value: V,
): z.ZodObject<Record<K, V>, z.core.$strict> =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>);
