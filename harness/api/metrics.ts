import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/database.js';
import { queueFigures } from '../store/operations.js';
import { liveWorkers } from '../store/workers.js';

/** What Prometheus is told of this server and of the work that waits. */
export interface Metrics {
  readonly contentType: string;
  /** After a request was answered; `path` as the route has it, so that there are few of them. */
  observe(route: { readonly method: string; readonly path: string }, status: number, seconds: number): void;
  /** Looks at the database for what is asked of it. */
  text(): Promise<string>;
}

export function openMetrics(store: Store): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'assayer_' });
  const requests = new Histogram({
    name: 'assayer_http_request_seconds',
    help: 'How long answers took, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `assayer_${name}`, help, labelNames, registers: [registry] });
  const runs = gauge('runs', 'Runs that are not over.', ['state']);
  const ended = gauge('runs_ended_day', 'Runs that ended within the last 24 hours.', ['state']);
  const oldest = gauge('queue_oldest_seconds', 'How long the run that has waited longest has waited.');
  const workers = gauge('workers', 'Workers that gave a sign of life.', ['state']);

  async function look(): Promise<void> {
    const [figures, alive] = await Promise.all([queueFigures(store), liveWorkers(store)]);
    runs.set({ state: 'queued' }, figures.waiting);
    runs.set({ state: 'running' }, figures.running);
    ended.set({ state: 'done' }, figures.done);
    ended.set({ state: 'failed' }, figures.failed);
    oldest.set((figures.oldestMs ?? 0) / 1000);
    for (const state of ['ready', 'waiting', 'draining']) {
      workers.set({ state }, alive.filter((worker) => worker.state === state).length);
    }
  }

  return {
    contentType: registry.contentType,
    observe: ({ method, path }, status, seconds) =>
      requests.observe({ method: method.toUpperCase(), route: path, status: String(status) }, seconds),
    text: async () => (await look(), registry.metrics()),
  };
}
