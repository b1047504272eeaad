type Labels = { method: string; route: string; status: number };

/** The figures for operations. Labels are patterns and codes, never what a client made up, so the series stay few. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #countStreams: () => number;

  constructor(countStreams: () => number) {
    this.#countStreams = countStreams;
  }

  countRequest({ method, route, status }: Labels): void {
    const series = `http_requests_total{method="${method}",route="${route}",status="${status}"}`;
    this.#requests.set(series, (this.#requests.get(series) ?? 0) + 1);
  }

  /** Prometheus text format. */
  render(): string {
    const requests = [...this.#requests].map(([series, count]) => `${series} ${count}`);
    return [
      '# HELP http_requests_total Requests that were answered.',
      '# TYPE http_requests_total counter',
      ...requests,
      '# HELP sse_clients Event streams that are open.',
      '# TYPE sse_clients gauge',
      `sse_clients ${this.#countStreams()}`,
      '# HELP process_resident_memory_bytes Memory in use.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '',
    ].join('\n');
  }
}
