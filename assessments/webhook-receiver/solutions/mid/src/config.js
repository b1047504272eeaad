const env = process.env;

for (const name of ['GITHUB_WEBHOOK_SECRET', 'REGISTRY_URL', 'REGISTRY_TOKEN']) {
  if (!env[name]) throw new Error(`${name} is required`);
}

export const config = {
  port: Number(env.PORT ?? 3000),
  dataDir: env.DATA_DIR ?? './data',
  secret: env.GITHUB_WEBHOOK_SECRET,
  registryUrl: env.REGISTRY_URL,
  registryToken: env.REGISTRY_TOKEN,
  timeoutMs: Number(env.REGISTRY_TIMEOUT_MS ?? 3000),
  concurrency: Number(env.REGISTRY_CONCURRENCY ?? 4),
  retryBaseMs: Number(env.RETRY_BASE_MS ?? 500),
  maxAttempts: Number(env.RETRY_MAX_ATTEMPTS ?? 5),
  issuerTtlMs: Number(env.ISSUER_TTL_MS ?? 60000),
  rateLimit: Number(env.STATUS_RATE_LIMIT ?? 30),
  rateWindowMs: Number(env.STATUS_RATE_WINDOW_MS ?? 10000),
};
