import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { z } from 'zod';

/** What settings are made of: each reads the text of a variable. */

export const whole = (min: number, max: number): z.ZodCoercedNumber =>
  z.coerce.number().int().min(min).max(max);
export const url = (...schemes: string[]): z.ZodOptional<z.ZodURL> =>
  z
    .url({
      protocol: new RegExp(`^(${schemes.join('|')})$`),
      error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    })
    .optional();
export const list = (separator: string) =>
  z
    .string()
    .optional()
    .transform((text) => text?.split(separator).flatMap((item) => item.trim() || []) ?? []);
export const folders = list(delimiter).superRefine((dirs, { addIssue }) => {
  const missing = dirs.find((dir) => !existsSync(dir));
  if (missing !== undefined) addIssue(`there is no folder ${missing}`);
});
/** `name=value,name=value`, percent-encoded. */
export const pairs = list(',').transform((all, { addIssue }) => {
  try {
    return Object.fromEntries(
      all.map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name.trim(), decodeURIComponent(value.join('=').trim())];
      }),
    );
  } catch {
    addIssue('must be name=value,name=value, percent-encoded');
    return z.NEVER;
  }
});
