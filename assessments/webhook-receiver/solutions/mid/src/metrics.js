import { Counter, Gauge, register } from 'prom-client';

const requests = new Counter({
  name: 'http_requests_total',
  help: 'Requests',
  labelNames: ['method', 'route', 'status'],
});
export const streams = new Gauge({ name: 'sse_clients', help: 'Open streams' });
export const countRequest = (method, route, status) => requests.inc({ method, route, status });
export { register };
