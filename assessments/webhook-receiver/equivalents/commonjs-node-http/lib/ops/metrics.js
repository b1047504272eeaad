'use strict';

/** Counts requests and knows how to ask for gauges. */
class Metrics {
  #requests = new Map();
  #gauges = [];

  gauge(name, help, read) {
    this.#gauges.push({ name, help, read });
  }

  /** `route` must be a pattern: each value makes a series that stays. */
  countRequest(method, route, status) {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
  }

  /** The text format of Prometheus. */
  toText() {
    const lines = ['# HELP http_requests_total Finished requests.', '# TYPE http_requests_total counter'];
    for (const [labels, count] of this.#requests) lines.push(`http_requests_total{${labels}} ${count}`);
    for (const { name, help, read } of this.#gauges)
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`);
    return `${lines.join('\n')}\n`;
  }
}

module.exports = { Metrics };
