'use strict';

/** Reads the settings. Errors name the variable, never its value: two of them are secrets. */
function readConfig(env) {
  const text = (name) => {
    if (!env[name]) throw new Error(`${name} must be set`);
    return env[name];
  };
  const url = (name) => {
    if (!URL.canParse(text(name))) throw new Error(`${name} must be a URL`);
    return env[name];
  };
  const count = (name, fallback, least = 0) => {
    const value = Number(env[name] || fallback);
    if (!Number.isSafeInteger(value) || value < least)
      throw new Error(`${name} must be a whole number of at least ${least}`);
    return value;
  };
  return {
    port: count('PORT', 3000),
    dataDir: env.DATA_DIR || './data',
    webhookSecret: text('GITHUB_WEBHOOK_SECRET'),
    registry: {
      baseUrl: url('REGISTRY_URL'),
      token: text('REGISTRY_TOKEN'),
      timeoutMs: count('REGISTRY_TIMEOUT_MS', 3000, 1),
      concurrency: count('REGISTRY_CONCURRENCY', 4, 1),
    },
    retry: {
      baseMs: count('RETRY_BASE_MS', 500),
      maxAttempts: count('RETRY_MAX_ATTEMPTS', 5, 1),
    },
    issuerTtlMs: count('ISSUER_TTL_MS', 60_000),
    statusRate: {
      limit: count('STATUS_RATE_LIMIT', 30, 1),
      windowMs: count('STATUS_RATE_WINDOW_MS', 10_000, 1),
    },
  };
}

module.exports = { readConfig };
