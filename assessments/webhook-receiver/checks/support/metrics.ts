import { expectStatus, fail, type CheckContext, type Response } from 'assayer/kit';

/** One sample of the Prometheus text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

export const scrape = (t: CheckContext): Promise<Response> => t.http.get('/metrics');

/** All samples of /metrics; a line that is none fails the check. */
export async function samplesOf(t: CheckContext): Promise<readonly Sample[]> {
  const response = await scrape(t);
  expectStatus(response, 200, 'the figures');
  return response.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] =
        SAMPLE.exec(line) ?? fail('a line of /metrics was no sample', { observed: line });
      return {
        name: name ?? '',
        labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, text]) => [key, text])),
        value: Number(value),
      };
    });
}

export async function gaugeOf(t: CheckContext, name: string): Promise<number> {
  const sample = (await samplesOf(t)).find((item) => item.name === name);
  return sample?.value ?? fail(`/metrics had no gauge ${name}`);
}
