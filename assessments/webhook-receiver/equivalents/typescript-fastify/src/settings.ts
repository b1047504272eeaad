import { z } from 'zod';

const whole = (fallback: number, least: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'must be a whole number')
    .default(String(fallback))
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`));

const required = z.string('must be set').min(1, 'must not be empty');

const environment = z.object({
  PORT: whole(3000, 0),
  DATA_DIR: z.string().min(1).default('./data'),
  GITHUB_WEBHOOK_SECRET: required,
  REGISTRY_URL: z.url('must be a URL'),
  REGISTRY_TOKEN: required,
  REGISTRY_TIMEOUT_MS: whole(3000, 1),
  REGISTRY_CONCURRENCY: whole(4, 1),
  RETRY_BASE_MS: whole(500, 0),
  RETRY_MAX_ATTEMPTS: whole(5, 1),
  ISSUER_TTL_MS: whole(60_000, 0),
  STATUS_RATE_LIMIT: whole(30, 1),
  STATUS_RATE_WINDOW_MS: whole(10_000, 1),
});

export type Settings = z.infer<typeof environment>;

/** Throws an error that names the settings at fault, never their values: two of them are secrets. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const result = environment.safeParse(env);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new Error(`The settings cannot be used: ${faults.join('; ')}`);
}
