import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AssayerError, reasonOf } from './errors.js';
import { firstWrong } from './first-wrong.js';
import { folders, list, pairs, url, whole } from './setting-kinds.js';

/** One setting: the environment variable, what it means, and what is accepted. */
interface Setting<T extends z.ZodType> {
  readonly env: string;
  readonly meaning: string;
  readonly schema: T;
  /** Secrets may come from a file: NAME_FILE holds its path. They are never printed. */
  readonly secret: boolean;
}

const setting = <T extends z.ZodType>(env: string, schema: T, meaning: string): Setting<T> => ({
  env,
  meaning,
  schema,
  secret: false,
});
const secret = <T extends z.ZodType>(env: string, schema: T, meaning: string): Setting<T> => ({
  ...setting(env, schema, meaning),
  secret: true,
});

/** Every setting of the program, in one place. Documentation is made from this. */
export const SETTINGS = {
  stateDir: setting(
    'ASSAYER_STATE_DIR',
    z.string().default('.assayer'),
    'Folder for submissions, the embedded database and queue, and the local token.',
  ),
  databaseUrl: secret(
    'DATABASE_URL',
    url('postgres', 'postgresql'),
    'PostgreSQL, as postgresql://user:password@host:port/database. Without it an embedded server is used.',
  ),
  redisUrl: secret(
    'REDIS_URL',
    url('redis', 'rediss'),
    'Redis, as redis://:password@host:port. Without it an own redis-server is used.',
  ),
  host: setting('ASSAYER_HOST', z.string().default('127.0.0.1'), 'Address the server listens on.'),
  port: setting('ASSAYER_PORT', whole(0, 65535).default(3210), 'Port of the server; 0 takes any free one.'),
  trustProxy: setting(
    'ASSAYER_TRUST_PROXY',
    whole(0, 10).default(0),
    'How many reverse proxies stand in front of the server and set X-Forwarded-For.',
  ),
  publicUrl: setting(
    'ASSAYER_PUBLIC_URL',
    url('http', 'https'),
    'Where people reach the server, such as https://assayer.example.org. Without it, links follow the request.',
  ),
  oidcIssuer: setting(
    'ASSAYER_OIDC_ISSUER',
    url('http', 'https'),
    'Issuer of your OpenID provider. With it and a client id, people sign in there; register /signin/provider/callback.',
  ),
  oidcClientId: setting(
    'ASSAYER_OIDC_CLIENT_ID',
    z.string().min(1).optional(),
    'Client id of this server at the OpenID provider.',
  ),
  oidcClientSecret: secret(
    'ASSAYER_OIDC_CLIENT_SECRET',
    z.string().min(1).optional(),
    'Client secret of this server at the OpenID provider.',
  ),
  oidcName: setting(
    'ASSAYER_OIDC_NAME',
    z.string().min(1).max(40).default('single sign-on'),
    'What the sign-in page calls the OpenID provider.',
  ),
  metricsToken: secret(
    'ASSAYER_METRICS_TOKEN',
    z.string().min(16).optional(),
    'What Prometheus sends as bearer token to read /metrics. Without it, only programs on this machine may.',
  ),
  uploadMb: setting('ASSAYER_UPLOAD_MB', whole(1, 1024).default(50), 'Largest upload, MiB.'),
  requestsPerMinute: setting(
    'ASSAYER_REQUESTS_PER_MINUTE',
    whole(10, 1_000_000).default(60_000),
    'Requests that one token may send in a minute.',
  ),
  concurrency: setting(
    'ASSAYER_CONCURRENCY',
    whole(1, 64).default(() => Math.max(2, availableParallelism())),
    'Runs that one worker grades at the same time. The default is the number of cores, at least 2.',
  ),
  maxAttempts: setting(
    'ASSAYER_MAX_ATTEMPTS',
    whole(1, 10).default(3),
    'How often a run is tried before it ends as not graded.',
  ),
  leaseSeconds: setting(
    'ASSAYER_LEASE_SECONDS',
    whole(2, 600).default(15),
    'After how long without a sign of life a worker has lost its run to another.',
  ),
  drainSeconds: setting(
    'ASSAYER_DRAIN_SECONDS',
    whole(0, 3600).default(20),
    'How long a worker that is told to stop goes on with its runs before it gives them back.',
  ),
  runMinutes: setting(
    'ASSAYER_RUN_MINUTES',
    whole(1, 600).default(45),
    'Longest time for one attempt, whatever the assessment allows.',
  ),
  packDirs: setting(
    'ASSAYER_PACK_DIRS',
    folders,
    'Folders of further assessments, separated by colons. Those that come with the program are always there.',
  ),
  runtime: setting(
    'ASSAYER_RUNTIME',
    z
      .string()
      .regex(/^[\w.-]+$/)
      .optional(),
    'Container runtime of the engine for everything that is graded, such as runsc (gVisor). Without it, the engine\u2019s own.',
  ),
  gitHosts: setting(
    'ASSAYER_GIT_HOSTS',
    list(','),
    'Git hosts, separated by commas, that may have an internal address, such as your own server.',
  ),
  chromium: setting(
    'ASSAYER_CHROMIUM',
    z.string().min(1).optional(),
    'Chromium that prints scorecards as PDF. Without it, the first on the PATH; without any, there is no PDF.',
  ),
  hookHosts: setting(
    'ASSAYER_HOOK_HOSTS',
    list(','),
    'Hosts, separated by commas, that outgoing webhooks may reach at an internal address and without TLS.',
  ),
  otlpEndpoint: setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    url('http', 'https'),
    'Collector of OpenTelemetry (OTLP over HTTP) that traces of requests and runs go to. Without it, none are made.',
  ),
  otlpHeaders: secret(
    'OTEL_EXPORTER_OTLP_HEADERS',
    pairs,
    'Sent along to the collector, as name=value,name=value. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES count as well.',
  ),
  server: setting(
    'ASSAYER_SERVER',
    url('http', 'https'),
    'Server that the command line talks to. Without it, the one of the state folder.',
  ),
  token: secret(
    'ASSAYER_TOKEN',
    z.string().min(1).optional(),
    'API token of the command line. Without it, the one of the state folder.',
  ),
  logLevel: setting(
    'ASSAYER_LOG_LEVEL',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'Least severity that is logged.',
  ),
} as const satisfies Record<string, Setting<z.ZodType>>;

export type SettingName = keyof typeof SETTINGS;
export type Config = { readonly [K in SettingName]: z.output<(typeof SETTINGS)[K]['schema']> };

/** A file of NAME=value lines beside the project, under the environment. */
export const SETTINGS_FILE = 'assayer.env';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Settings from command line flags (`flags`, by field name), then the environment, then `assayer.env` in `cwd`, then defaults.
 * @throws AssayerError settingInvalid or settingUnknown, naming the variable.
 */
export function loadConfig(env: Env, cwd: string, flags: Partial<Record<SettingName, string>> = {}): Config {
  const fromFile = readSettingsFile(join(cwd, SETTINGS_FILE));
  const read = <K extends SettingName>(name: K): Config[K] => {
    const { env: variable, schema, meaning, secret: isSecret } = SETTINGS[name];
    const raw =
      flags[name] ?? lookUp(env, variable, isSecret, cwd) ?? lookUp(fromFile, variable, isSecret, cwd);
    const parsed = schema.safeParse(raw);
    if (parsed.success) return parsed.data as Config[K];
    // What a secret is, is not said.
    const { reason = 'wrong value' } = firstWrong(parsed.error.issues, isSecret ? {} : raw) ?? {};
    const problem = `is not valid: ${reason.replace(/^must/, 'it must')}.`;
    throw new AssayerError('settingInvalid', { name: variable, problem, meaning });
  };
  const names = Object.keys(SETTINGS) as SettingName[];
  const config = Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as Config;
  return { ...config, stateDir: resolve(cwd, config.stateDir) };
}

function lookUp(env: Env, variable: string, isSecret: boolean, cwd: string): string | undefined {
  if (env[variable]) return env[variable];
  const file = isSecret ? env[`${variable}_FILE`] : undefined;
  if (!file) return undefined;
  try {
    return readFileSync(resolve(cwd, file), 'utf8').trim();
  } catch (error) {
    const problem = `names a file that cannot be read: ${reasonOf(error).replace(/\.$/, '')}.`;
    const meaning = 'The path of a file that holds the secret.';
    throw new AssayerError('settingInvalid', { name: `${variable}_FILE`, problem, meaning });
  }
}

function readSettingsFile(path: string): Env {
  if (!existsSync(path)) return {};
  const values = parseEnv(readFileSync(path, 'utf8'));
  const known = Object.values(SETTINGS).flatMap((one) =>
    one.secret ? [one.env, `${one.env}_FILE`] : [one.env],
  );
  const stranger = Object.keys(values).find((name) => !known.includes(name));
  if (stranger) throw new AssayerError('settingUnknown', { name: stranger, file: SETTINGS_FILE });
  return values as Env;
}
