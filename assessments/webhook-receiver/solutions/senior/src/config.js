/** Reads all settings at once. What is missing or wrong is said in one message, before anything starts. */
export function readConfig(env) {
  const faults = [];
  const text = (name, fallback) => {
    const value = env[name] || fallback;
    if (value === undefined) faults.push(`${name} is required`);
    return value;
  };
  const whole = (name, fallback) => {
    const value = Number(env[name] || fallback);
    if (!Number.isInteger(value) || value < 1) faults.push(`${name} must be a whole number over 0`);
    return value;
  };

  const config = {
    port: whole('PORT', 3000),
    dataDir: text('DATA_DIR', './data'),
    webhookSecret: text('GITHUB_WEBHOOK_SECRET'),
    registry: {
      url: text('REGISTRY_URL'),
      token: text('REGISTRY_TOKEN'),
      timeoutMs: whole('REGISTRY_TIMEOUT_MS', 3000),
      concurrency: whole('REGISTRY_CONCURRENCY', 4),
    },
    retry: {
      baseMs: whole('RETRY_BASE_MS', 500),
      maxAttempts: whole('RETRY_MAX_ATTEMPTS', 5),
    },
    issuerTtlMs: whole('ISSUER_TTL_MS', 60_000),
    statusRate: {
      limit: whole('STATUS_RATE_LIMIT', 30),
      windowMs: whole('STATUS_RATE_WINDOW_MS', 10_000),
    },
  };
  if (faults.length > 0) throw new Error(`The settings are not usable: ${faults.join('; ')}.`);
  return config;
}
