import type { CheckContext, LogLine } from 'assayer/kit';

export type LogEntry = Readonly<Record<string, unknown>>;

/** What npm prints before the service has a say. */
const isPreamble = ({ text }: LogLine): boolean => text.trim() === '' || text.startsWith('> ');

export async function outputOf(t: CheckContext): Promise<readonly LogLine[]> {
  return (await t.service.logs()).filter((line) => line.stream === 'stdout' && !isPreamble(line));
}

/** A line as the JSON object that it should be; null when it is something else. */
export function entryOf(line: LogLine): LogEntry | null {
  try {
    const value: unknown = JSON.parse(line.text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LogEntry) : null;
  } catch {
    return null;
  }
}

/** Waits until a line fits: output reaches us a moment after it was written. */
export async function entryThat(
  t: CheckContext,
  fits: (entry: LogEntry) => boolean,
): Promise<LogEntry | null> {
  return t.eventually(
    async () => (await outputOf(t)).map(entryOf).find((entry) => entry !== null && fits(entry)) ?? null,
    { withinMs: 3000, everyMs: 100 },
  );
}
