import { pipeline } from 'node:stream/promises';
import { cleanText, tailText } from '../../../assessments/kit/index.js';
import type { ContainerExit, ContainerSpec, Pod } from '../../sandbox/types.js';

/** How one container of an install ended. */
export interface StepEnd {
  readonly exit: ContainerExit | null;
  /** Its kept output, clean. */
  readonly log: string;
  readonly logTail: string;
}

export interface StepOptions {
  /** Opens what it gets on standard input; null for none. */
  readonly input: (() => NodeJS.ReadableStream) | null;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onLog: (line: string) => void;
}

/** As many lines as somebody who watches will read. */
const SHOWN_LINES = 200;

/** Runs one container to its end and removes it. `exit` is null when it was stopped at its deadline. */
export async function runStep(
  pod: Pod,
  spec: Omit<ContainerSpec, 'stdin' | 'output'>,
  { input, seconds, signal, onLog }: StepOptions,
): Promise<StepEnd> {
  signal.throwIfAborted();
  const container = await pod.start({ ...spec, stdin: input !== null, output: { kind: 'log', logKb: 128 } });
  try {
    // A container that ends without reading its input tells by its exit, not by the broken pipe.
    if (input !== null && container.stdin !== null)
      void pipeline(input(), container.stdin).catch(() => undefined);
    const exit = await beforeDeadline(container.ended, seconds, signal);
    if (exit === null) await container.remove();
    const log = cleanText(
      container
        .logs()
        .map((line) => line.text)
        .join('\n'),
    );
    const lines = log.split('\n').filter((line) => line !== '');
    for (const line of lines.slice(-SHOWN_LINES)) onLog(line);
    return { exit, log, logTail: tailText(log) };
  } finally {
    await container.remove();
  }
}

/** Null when time ran out first; rejects with the signal's reason when cancelled. */
async function beforeDeadline<T>(work: Promise<T>, seconds: number, signal: AbortSignal): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  let cancel: (() => void) | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), seconds * 1000);
      }),
      new Promise<never>((_, reject) => {
        cancel = () => reject(signal.reason as Error);
        signal.addEventListener('abort', cancel, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (cancel) signal.removeEventListener('abort', cancel);
  }
}
