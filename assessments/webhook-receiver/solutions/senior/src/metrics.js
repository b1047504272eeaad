import { Counter, Gauge, Registry } from 'prom-client';

export function createMetrics({ streams }) {
  const registers = [new Registry()];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Finished HTTP requests.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  new Gauge({
    name: 'sse_clients',
    help: 'Open event streams.',
    registers,
    collect() {
      this.set(streams());
    },
  });
  return { requests, contentType: registers[0].contentType, text: () => registers[0].metrics() };
}
