/** The ten topics a scorecard speaks of, and the practices each is made of. */

export interface Topic {
  readonly name: string;
  /** Practice id (such as `1.2`) to its short title. */
  readonly practices: Readonly<Record<string, string>>;
}

export const TOPICS = {
  T1: {
    name: 'Event-driven design, webhooks, integrations',
    practices: {
      '1.1': 'Listeners and subscriptions are released',
      '1.2': 'Webhook signatures verified on the raw body',
      '1.3': 'Outbound calls retry with backoff and jitter',
      '1.4': 'Idempotent delivery',
    },
  },
  T2: {
    name: 'Microservices and service communication',
    practices: {
      '2.1': 'Liveness and readiness',
      '2.2': 'Correlation ids',
      '2.3': 'Published API contract',
      '2.4': 'Synchronous for the critical, a broker for the rest',
    },
  },
  T3: {
    name: 'Async and promises',
    practices: {
      '3.1': 'Rejections handled',
      '3.2': 'Independent work in parallel, bounded',
      '3.3': 'Partial failure gives partial results',
      '3.4': 'Timeouts that cancel the work',
    },
  },
  T4: {
    name: 'REST API design',
    practices: {
      '4.1': 'Precise status codes',
      '4.2': 'Versioned paths',
      '4.3': 'Useful error bodies',
      '4.4': 'Rate limiting',
      '4.5': 'Pagination, conditional requests, idempotent methods',
    },
  },
  T5: {
    name: 'Databases',
    practices: {
      '5.1': 'Parameterised queries',
      '5.2': 'Connection pooling',
      '5.3': 'Indexes that fit the queries',
      '5.4': 'No N+1 queries',
      '5.5': 'Caching with invalidation',
      '5.6': 'Transactions',
    },
  },
  T6: {
    name: 'Authentication and authorisation',
    practices: {
      '6.1': 'Session token in a hardened cookie',
      '6.2': 'Short access tokens, rotating refresh tokens',
      '6.3': 'Strict token validation',
      '6.4': 'Revocation',
      '6.5': 'Rate limiting of login and refresh',
      '6.6': 'Roles, OAuth 2 code flow, verifiable credentials',
    },
  },
  T7: {
    name: 'Errors, logs, monitoring',
    practices: {
      '7.1': 'Structured logs with correlation id',
      '7.2': 'Global error handling and graceful shutdown',
      '7.3': 'OpenTelemetry',
      '7.4': 'No secrets or personal data in logs',
      '7.5': 'Metrics and alerts',
    },
  },
  T8: {
    name: 'Testing',
    practices: {
      '8.1': 'Isolated tests, dependencies mocked',
      '8.2': 'Test data factories',
      '8.3': 'Independent tests',
      '8.4': 'Descriptive names',
      '8.5': 'Error paths tested',
    },
  },
  T9: {
    name: 'Security',
    practices: {
      '9.1': 'No injection',
      '9.2': 'Password hashing',
      '9.3': 'Output safe against XSS',
      '9.4': 'Security headers',
      '9.5': 'Dependency hygiene',
      '9.6': 'Secrets from the environment',
      '9.7': 'Hostile input: size, shape, ownership, speed',
    },
  },
  T10: {
    name: 'Performance and scale',
    practices: {
      '10.1': 'Profiled before optimised',
      '10.2': 'CPU work off the event loop',
      '10.3': 'Caching with a TTL',
      '10.4': 'All cores used',
      '10.5': 'Compression',
      '10.6': 'Cost and latency under sustained and excess load',
    },
  },
} as const satisfies Record<string, Topic>;

/** `T1` to `T10`. */
export type TopicId = keyof typeof TOPICS;
export const TOPIC_IDS = Object.keys(TOPICS) as TopicId[];
